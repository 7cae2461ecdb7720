package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.HttpOptions.Auth.OAuth2;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Access tokens by client credentials, one for each target, shared by its calls until it expires or is refused. While a
 * token is being fetched the target's other calls wait for it, each within its own deadline.
 */
@Component
class Tokens {

    /** The least age at which a 401 discards a token that never worked: an earlier replacement would do no better. */
    private static final Duration LEAST_AGE = Duration.ofMinutes(1);

    private final TokenEndpoint endpoint;
    private final Clock clock;
    private final Map<String, Slot> byTarget = new ConcurrentHashMap<>();

    Tokens(TokenEndpoint endpoint, Targets targets, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
        targets.watch((before, now) -> {
            if (before != null && now == null) {
                byTarget.remove(before.id());
            }
        });
    }

    /** The purpose of a token, and the token once it is there. */
    private static final class Slot {

        private final OAuth2 auth;
        private final HttpOptions.@Nullable Tls tls;
        private final CompletableFuture<TokenEndpoint.Token> token = new CompletableFuture<>();
        private volatile boolean worked;

        Slot(OAuth2 auth, HttpOptions.@Nullable Tls tls) {
            this.auth = auth;
            this.tls = tls;
        }

        boolean serves(Slot wanted, Instant now) {
            return auth.equals(wanted.auth)
                    && (tls == null ? wanted.tls == null : tls.equals(wanted.tls))
                    && (!token.isDone()
                            || (!token.isCompletedExceptionally()
                                    && now.isBefore(token.join().until())));
        }

        boolean holds(String value) {
            return token.isDone()
                    && !token.isCompletedExceptionally()
                    && token.join().value().reveal().equals(value);
        }
    }

    /** Returns the token from memory, or fetches it within the call's deadline, and waits for it. */
    String get(Target target, OAuth2 auth, HttpCall wanting) throws NoTokenException {
        try {
            return ask(target, auth, wanting).get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof NoTokenException none
                    ? none
                    : new NoTokenException("No token: " + AnswerVerdict.describe(cause), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoTokenException("Interrupted while waiting for a token");
        }
    }

    /**
     * Returns a future of the token, from memory or fetched, which fails with a {@link NoTokenException} by the call's
     * deadline.
     */
    CompletableFuture<String> ask(Target target, OAuth2 auth, HttpCall wanting) {
        Slot fresh = new Slot(auth, auth.sharesTls() ? target.http().tls() : null);
        Instant now = clock.instant();
        Slot slot = byTarget.compute(target.id(), (id, old) -> old != null && old.serves(fresh, now) ? old : fresh);
        if (slot == fresh) {
            fetch(target, slot, wanting);
        }
        CompletableFuture<TokenEndpoint.Token> token = slot.token.copy();
        if (slot != fresh) { // whoever fetches it ends in time anyway
            token.orTimeout(Math.max(0, wanting.nanosLeft()), TimeUnit.NANOSECONDS);
        }
        return token.handle((came, failure) -> {
            if (failure == null) {
                return came.value().reveal();
            }
            // one for each caller, because exceptions are not shared between calls
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            throw new CompletionException(
                    cause instanceof TimeoutException
                            ? new NoTokenException("No token within the timeout")
                            : new NoTokenException(AnswerVerdict.describe(cause), cause));
        });
    }

    private void fetch(Target target, Slot slot, HttpCall wanting) {
        HttpCall.Owner owner = new HttpCall.Owner(target.tenantId(), target.id(), target.http(), true);
        endpoint.ask(slot.auth, wanting.forToken(owner, slot.tls, TokenEndpoint.LONGEST_ANSWER))
                .whenComplete((token, failure) -> {
                    if (failure == null) {
                        slot.token.complete(token);
                    } else {
                        byTarget.remove(target.id(), slot);
                        slot.token.completeExceptionally(failure);
                    }
                });
    }

    /** Returns whether a token is there or on its way; false after one was discarded. */
    boolean has(Target target) {
        return byTarget.containsKey(target.id());
    }

    /** Takes note of the receiver's answer to a token: after a 401 the next attempt fetches another one. */
    void answered(Target target, String token, int status) {
        Slot slot = byTarget.get(target.id());
        if (slot == null || !slot.holds(token)) {
            return;
        }
        if (status != 401) {
            slot.worked = true;
        } else if (slot.worked
                || Duration.between(slot.token.join().at(), clock.instant()).compareTo(LEAST_AGE) > 0) {
            byTarget.remove(target.id(), slot);
        }
    }
}
