package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.BlockingSender;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.FailureWhen;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.HttpOptions.Auth.OAuth2;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.http.BasicCredentials;
import com.mobileapiconnect.bridge.tenant.Tenants;
import com.mobileapiconnect.bridge.thread.Workers;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Sends signed JSON by HTTP POST: for the connector {@code webhook} and the forward-all webhook. */
@Component
class WebhookSender extends BlockingSender {

    private static final String AUTHORIZATION = "Authorization";
    /** Somewhat more than a delivery's evidence shows, which can then be cut between characters. */
    static final int KEPT_BYTES = (2 << 10) + 256;

    private final HttpCalls http;
    private final Tokens tokens;
    private final Tenants tenants;
    private final Clock clock;

    WebhookSender(HttpCalls http, Tokens tokens, Tenants tenants, Clock clock, Workers workers) {
        super(workers);
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
    protected Outcome sendNow(Attempt attempt, byte[] body) {
        Target target = attempt.target();
        Networks networks = Networks.of(tenants, target.tenantId());
        long deadlineNanos = attempt.deadlineNanos();
        HttpOptions options = target.http();
        if (options.none()) {
            HttpCall call = new HttpCall(target.tenantId(), null, networks, deadlineNanos, keptBytes(target));
            return post(call, target, headers(attempt, body), body);
        }
        Map<String, String> headers = headers(attempt, body);
        options.headers().forEach((name, value) -> headers.put(name, value.reveal()));
        HttpCall.Owner owner = new HttpCall.Owner(target.tenantId(), target.id(), options, false);
        HttpCall call = new HttpCall(owner, options.tls(), networks, deadlineNanos, keptBytes(target));
        if (options.auth() instanceof HttpOptions.Auth.OAuth2 oauth) {
            return post(call, target, headers, body, oauth);
        } else if (options.auth() instanceof HttpOptions.Auth.Basic basic) {
            headers.put(
                    AUTHORIZATION,
                    BasicCredentials.header(basic.username(), basic.password().reveal()));
        } else if (options.auth() instanceof HttpOptions.Auth.Bearer bearer) {
            headers.put(AUTHORIZATION, "Bearer " + bearer.token().reveal());
        }
        return post(call, target, headers, body);
    }

    private static int keptBytes(Target target) {
        return target.answers().failureWhen() == null ? KEPT_BYTES : FailureWhen.LOOKED_AT;
    }

    private Outcome post(HttpCall call, Target target, Map<String, String> headers, byte[] body) {
        try {
            http.post(call, url(target), headers, body);
        } catch (Exception e) {
            return AnswerVerdict.of(call, e, target.answers(), clock);
        }
        return AnswerVerdict.of(call, target.answers(), clock);
    }

    /** Makes a single POST, even if the receiver refuses the token, which is then replaced for the next attempt. */
    private Outcome post(HttpCall call, Target target, Map<String, String> headers, byte[] body, OAuth2 oauth) {
        String token;
        try {
            token = tokens.get(target, oauth, call);
        } catch (NoTokenException e) {
            if (e.noTurn()) {
                return Outcome.Deferred.because(AnswerVerdict.describe(e));
            }
            return new Outcome.Retry(Evidence.failure(ErrorClass.TOKEN, AnswerVerdict.describe(e)), null);
        }
        headers.put(AUTHORIZATION, "Bearer " + token);
        Outcome outcome = post(call, target, headers, body);
        HttpCall.Answer answer = call.answer();
        if (answer != null) {
            tokens.answered(target, token, answer.status());
        }
        return outcome;
    }

    private static URI url(Target target) throws URISyntaxException {
        String url = target.url();
        if (url == null) {
            throw new URISyntaxException("", "The target has no URL");
        }
        return new URI(url);
    }

    private Map<String, String> headers(Attempt attempt, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-MAC-Event", attempt.delivery().event());
        String messageId = attempt.delivery().messageId();
        if (messageId != null) {
            headers.put("X-MAC-Message", messageId);
        }
        headers.put("X-MAC-Delivery", attempt.delivery().id());
        headers.put("X-MAC-Attempt", Integer.toString(attempt.number()));
        Signatures.sign(attempt.target(), attempt.delivery().id(), clock.instant(), body, headers::put);
        return headers;
    }
}
