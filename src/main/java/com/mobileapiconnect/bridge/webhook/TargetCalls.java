package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.Answers;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.HttpOptions.Auth.OAuth2;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Calls for senders other than the webhook's, with the options of their targets: networks, headers, credentials and
 * certificates. A call holds its thread, and ends when the thread is interrupted.
 *
 * <p>Repeated wrong passwords lock accounts. So until a login is known to be good, the calls of a target that log in are
 * made one at a time, and a refusal is the answer to those that wait and to those that follow within some seconds.
 */
@Component
public class TargetCalls {

    private static final int UNAUTHORIZED = 401;

    private final HttpCalls http;
    private final Tokens tokens;
    private final Logins logins;
    private final Tenants tenants;
    private final Clock clock;

    TargetCalls(HttpCalls http, Tokens tokens, Logins logins, Tenants tenants, Clock clock) {
        this.http = http;
        this.tokens = tokens;
        this.logins = logins;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * @param deadlineNanos the end of the call, by {@link System#nanoTime}
     * @param keptBytes     how much of the answer's body to keep
     */
    public record Bounds(long deadlineNanos, int keptBytes) {}

    /** Makes a call. A status of 401 means that a fresh login was refused: with OAuth2 that a new token was, too. */
    public HttpResult call(Target target, HttpRequest request, Bounds bounds) {
        HttpOptions.Auth auth = request.credentials() ? target.http().auth() : null;
        return auth == null
                ? make(target, request, headers(target, request), bounds)
                : call(target, request, bounds, auth);
    }

    /** Makes a call with credentials that a connector has in place of the target's. */
    public HttpResult call(Target target, HttpRequest request, Bounds bounds, HttpOptions.Auth auth) {
        return logins.of(target, auth)
                .call(
                        bounds.deadlineNanos(),
                        () -> auth instanceof OAuth2 oauth
                                ? withToken(target, request, oauth, bounds)
                                : make(target, request, with(headers(target, request), Credentials.of(auth)), bounds));
    }

    /**
     * Makes a call with an Authorization header of its own, such as a signature of the call.
     *
     * @param authorization of the credentials among the secrets of the target's properties
     */
    public HttpResult call(Target target, HttpRequest request, Bounds bounds, Supplier<String> authorization) {
        return logins.of(target, target.properties().secrets())
                .call(
                        bounds.deadlineNanos(),
                        () -> make(target, request, with(headers(target, request), authorization.get()), bounds));
    }

    private HttpResult withToken(Target target, HttpRequest request, OAuth2 oauth, Bounds bounds) {
        HttpResult first = withTokenOnce(target, request, oauth, bounds);
        boolean refused = first instanceof HttpResult.Answered answer && answer.status() == UNAUTHORIZED;
        // A call that was refused did nothing; with a token that was good before, the next one may be.
        return refused && !tokens.has(target) ? withTokenOnce(target, request, oauth, bounds) : first;
    }

    private HttpResult withTokenOnce(Target target, HttpRequest request, OAuth2 oauth, Bounds bounds) {
        String token;
        try {
            token = tokens.get(target, oauth, call(target, bounds));
        } catch (NoTokenException e) {
            return e.noTurn()
                    ? new HttpResult.Failed(Outcome.Deferred.because(AnswerVerdict.describe(e)))
                    : new HttpResult.Failed(
                            new Outcome.Retry(Evidence.failure(ErrorClass.TOKEN, AnswerVerdict.describe(e)), null),
                            e.refused());
        }
        HttpResult result = make(target, request, with(headers(target, request), "Bearer " + token), bounds);
        if (result instanceof HttpResult.Answered answer) {
            tokens.answered(target, token, answer.status());
        }
        return result;
    }

    private HttpResult make(Target target, HttpRequest request, Map<String, String> headers, Bounds bounds) {
        HttpCall call = call(target, bounds).keepHeaders();
        try {
            http.send(call, request, headers);
        } catch (Exception e) {
            HttpCall.Answer answer = call.answer();
            return answer != null && answer.whole()
                    ? answered(call, answer)
                    : new HttpResult.Failed(AnswerVerdict.of(call, e, Answers.DEFAULT, clock));
        }
        HttpCall.Answer answer = call.answer();
        return answer == null
                ? new HttpResult.Failed(AnswerVerdict.of(call, Answers.DEFAULT, clock))
                : answered(call, answer);
    }

    private static HttpResult answered(HttpCall call, HttpCall.Answer answer) {
        return new HttpResult.Answered(answer.said(), call.headers());
    }

    private HttpCall call(Target target, Bounds bounds) {
        HttpOptions options = target.http();
        return new HttpCall(
                new HttpCall.Owner(target.tenantId(), target.id(), options, false),
                options.tls(),
                Networks.of(tenants, target.tenantId()),
                bounds.deadlineNanos(),
                bounds.keptBytes());
    }

    private static Map<String, String> headers(Target target, HttpRequest request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        target.http().headers().forEach((name, value) -> headers.put(name, value.reveal()));
        headers.putAll(request.headers());
        return headers;
    }

    private static Map<String, String> with(Map<String, String> headers, String authorization) {
        headers.put(Credentials.HEADER, authorization);
        return headers;
    }
}
