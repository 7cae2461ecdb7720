package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.LoopSender;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Preview;
import com.mobileapiconnect.bridge.destination.FailureWhen;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.HttpOptions.Auth.OAuth2;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends signed JSON by HTTP POST: for the connector {@code webhook} and the forward-all webhook. */
@Component
class WebhookSender implements LoopSender {

    /** Somewhat more than a delivery's evidence shows, which can then be cut between characters. */
    static final int KEPT_BYTES = (2 << 10) + 256;

    private final HttpCalls http;
    private final Tokens tokens;
    private final Tenants tenants;
    private final Clock clock;
    private final OwnHeaders own;

    WebhookSender(HttpCalls http, Tokens tokens, Tenants tenants, Clock clock, OwnHeaders own) {
        this.own = own;
        this.http = http;
        this.tokens = tokens;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public String connector() {
        return "webhook";
    }

    @Override
    public CompletableFuture<Outcome> send(Attempt attempt, byte[] body) {
        Target target = attempt.target();
        Networks networks = Networks.of(tenants, target.tenantId());
        long deadlineNanos = attempt.deadlineNanos();
        HttpOptions options = target.http();
        if (options.none()) {
            HttpCall call = new HttpCall(target.tenantId(), null, networks, deadlineNanos, keptBytes(target));
            return post(call, target, DeliveryHeaders.of(attempt, body, clock.instant()), body);
        }
        Map<String, String> headers = DeliveryHeaders.of(attempt, body, clock.instant());
        options.headers().forEach((name, value) -> headers.put(name, value.reveal()));
        HttpCall.Owner owner = new HttpCall.Owner(target.tenantId(), target.id(), options, false);
        HttpCall call = new HttpCall(owner, options.tls(), networks, deadlineNanos, keptBytes(target));
        if (options.auth() instanceof HttpOptions.Auth.OAuth2 oauth) {
            return post(call, target, headers, body, oauth);
        } else if (options.auth() != null) {
            headers.put(Credentials.HEADER, Credentials.of(options.auth()));
        }
        return post(call, target, headers, body);
    }

    @Override
    public Optional<Preview> preview(Attempt attempt, byte[] body) {
        Target target = attempt.target();
        Map<String, String> headers = new LinkedHashMap<>(own.values());
        headers.put("Content-Type", "application/json");
        headers.putAll(DeliveryHeaders.shown(attempt, clock.instant()));
        target.http().headers().keySet().forEach(name -> headers.put(name, Preview.MASK));
        if (target.http().auth() instanceof HttpOptions.Auth.Basic) {
            headers.put(Credentials.HEADER, "Basic " + Preview.MASK);
        } else if (target.http().auth() != null) {
            headers.put(Credentials.HEADER, "Bearer " + Preview.MASK);
        }
        return Optional.of(
                new Shown("POST", String.valueOf(target.url()), headers, new String(body, StandardCharsets.UTF_8)));
    }

    private record Shown(String method, String target, Map<String, String> headers, String body) implements Preview {}

    private static int keptBytes(Target target) {
        return target.answers().readContent() ? FailureWhen.LOOKED_AT : KEPT_BYTES;
    }

    private CompletableFuture<Outcome> post(HttpCall call, Target target, Map<String, String> headers, byte[] body) {
        URI url;
        try {
            url = url(target);
        } catch (URISyntaxException e) {
            return CompletableFuture.completedFuture(AnswerVerdict.of(call, e, target.answers(), clock));
        }
        CompletableFuture<Void> sent = http.post(call, url, headers, body);
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        sent.handle((value, failure) -> failure == null
                        ? AnswerVerdict.of(call, target.answers(), clock)
                        : AnswerVerdict.of(call, failure, target.answers(), clock))
                .whenComplete((verdict, bug) -> end(outcome, verdict, bug));
        cancelWith(outcome, sent);
        return outcome;
    }

    /** Makes a single POST, even if the receiver refuses the token, which is then replaced for the next attempt. */
    private CompletableFuture<Outcome> post(
            HttpCall call, Target target, Map<String, String> headers, byte[] body, OAuth2 oauth) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        tokens.ask(target, oauth, call).whenComplete((token, failure) -> {
            if (failure != null) {
                outcome.complete(withoutToken(failure));
            } else if (!outcome.isDone()) {
                headers.put(Credentials.HEADER, "Bearer " + token);
                CompletableFuture<Outcome> posted = post(call, target, headers, body);
                cancelWith(outcome, posted);
                posted.whenComplete((judged, bug) -> {
                    HttpCall.Answer answer = call.answer();
                    if (answer != null) {
                        tokens.answered(target, token, answer.status());
                    }
                    end(outcome, judged, bug);
                });
            }
        });
        return outcome;
    }

    private static Outcome withoutToken(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof NoTokenException none && none.noTurn()
                ? Outcome.Deferred.because(AnswerVerdict.describe(none))
                : new Outcome.Retry(Evidence.failure(ErrorClass.TOKEN, AnswerVerdict.describe(cause)), null);
    }

    private static void end(CompletableFuture<Outcome> outcome, @Nullable Outcome verdict, @Nullable Throwable bug) {
        if (verdict != null) {
            outcome.complete(verdict);
        } else {
            outcome.completeExceptionally(
                    Objects.requireNonNullElseGet(bug, () -> new IllegalStateException("A call without a verdict")));
        }
    }

    private static void cancelWith(CompletableFuture<Outcome> outcome, CompletableFuture<?> work) {
        outcome.whenComplete((value, failure) -> {
            if (outcome.isCancelled()) {
                work.cancel(true);
            }
        });
    }

    private static URI url(Target target) throws URISyntaxException {
        String url = target.url();
        if (url == null) {
            throw new URISyntaxException("", "The target has no URL");
        }
        return new URI(url);
    }
}
