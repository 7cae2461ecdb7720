package com.mobileapiconnect.bridge.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.erp.Renewal;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Body;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Method;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a connection, in a session that all of them share: a login with each call would cost the system the hashing
 * of the password. A session that has ended is begun anew, and the call is made once more: it had done nothing.
 */
final class TrytonSession {

    /**
     * The time for which Tryton locks a login after wrong passwords, by its own default: for the right one too, and each
     * further attempt begins it anew.
     */
    static final Duration LOCKED = Duration.ofSeconds(305);

    private static final int UNAUTHORIZED = 401;
    private static final int OTHER_PATH = 405;
    private static final int TOO_MANY = 429;

    private final TrytonSettings.Place place;
    private final Clock clock;
    private final Renewal<Grant> grants = new Renewal<>(Grant.NONE);
    private final FieldTypes types = new FieldTypes();

    TrytonSession(TrytonSettings.Place place, Clock clock) {
        this.place = place;
        this.clock = clock;
    }

    /**
     * The things that a login gave.
     *
     * @param path          of the calls, by the series of the system
     * @param authorization the header of that name
     */
    private record Grant(String path, String authorization) {

        static final Grant NONE = new Grant("", "");
    }

    /** The way of one piece of work, all of whose calls end by its deadline. */
    record Line(TargetCalls calls, Target target, long deadlineNanos) {

        HttpResult call(HttpRequest request, int keptBytes) {
            return calls.call(target, request.withoutCredentials(), new TargetCalls.Bounds(deadlineNanos, keptBytes));
        }
    }

    /** Returns what is known of the types of fields; forgotten with the session. */
    FieldTypes types() {
        return types;
    }

    HttpResult call(Line line, String method, ArrayNode params, int keptBytes) {
        Grant shown = grants.now();
        if (shown == Grant.NONE) {
            HttpResult failed = logIn(line, shown);
            if (failed != null) {
                return failed;
            }
            shown = grants.now();
        }
        HttpResult first = line.call(request(shown, method, params), keptBytes);
        if (!asksForAnother(first)) {
            return first;
        }
        HttpResult failed = logIn(line, shown);
        if (failed != null) {
            return failed;
        }
        HttpResult second = line.call(request(grants.now(), method, params), keptBytes);
        return second instanceof Answered answer && answer.status() == UNAUTHORIZED ? refusedAgain(answer) : second;
    }

    /** Returns whether the session has ended, or the system is of another series since then. */
    private static boolean asksForAnother(HttpResult result) {
        return result instanceof Answered answer && (answer.status() == UNAUTHORIZED || answer.status() == OTHER_PATH);
    }

    private static Failed refusedAgain(Answered answer) {
        String why = "HTTP " + answer.status() + ": the system refuses the session that it has just given";
        return new Failed(new Outcome.Retry(new Evidence(answer.status(), ErrorClass.HTTP, why, answer.body()), null));
    }

    private static HttpRequest request(Grant grant, String method, ArrayNode params) {
        return request(grant.path(), Map.of("Authorization", grant.authorization()), method, params);
    }

    /** Returns the request as it would go out now, with that header in place of a session. */
    HttpRequest shown(String authorization, String method, ArrayNode params) {
        Grant grant = grants.now();
        return request(
                        grant == Grant.NONE ? place.rpc() : grant.path(),
                        Map.of("Authorization", authorization),
                        method,
                        params)
                .withoutCredentials();
    }

    private static HttpRequest request(String path, Map<String, String> headers, String method, ArrayNode params) {
        ObjectNode call = JsonNodeFactory.instance.objectNode();
        call.put("id", 1).put("method", method).set("params", params); // without an id errors have other forms
        return HttpRequest.of(Method.POST, URI.create(path), headers, Body.json(call.toString()));
    }

    /** Returns the time for which a locked login is left alone; null if the answer is about something else. */
    static @Nullable Duration locked(Answered answer, Clock clock) {
        if (answer.status() != TOO_MANY) {
            return null;
        }
        Duration asked = HttpAnswer.retryAfter(answer.said().retryAfter(), clock.instant());
        return asked == null ? LOCKED : asked;
    }

    private @Nullable HttpResult logIn(Line line, Grant stale) {
        HttpOptions.Auth auth = line.target().http().auth();
        HttpOptions.Auth.Basic basic = auth instanceof HttpOptions.Auth.Basic given ? given : null;
        return grants.renew(stale, line.deadlineNanos(), new Login(line, basic));
    }

    /** A login; what it is answered at one path tells whether the system has the other. */
    private final class Login implements Renewal.Way<Grant> {

        private static final int ANSWER_BYTES = 16 << 10;

        private final Line line;
        private final String user;
        private final String password;
        private String path = place.rpc();

        Login(Line line, HttpOptions.Auth.@Nullable Basic basic) {
            this.line = line;
            this.user = basic == null ? "" : basic.username();
            this.password = basic == null ? "" : basic.password().reveal();
        }

        @Override
        public HttpResult ask() {
            HttpResult first = line.call(login(), ANSWER_BYTES);
            if (!(first instanceof Answered answer) || answer.status() != OTHER_PATH) {
                return first;
            }
            path = place.olderRpc();
            return line.call(login(), ANSWER_BYTES);
        }

        private HttpRequest login() {
            ArrayNode params = JsonNodeFactory.instance.arrayNode().add(user);
            params.addObject().put("password", password);
            return request(path, Map.of(), "common.db.login", params.add("en"));
        }

        @Override
        public @Nullable Grant read(Answered answer) {
            JsonNode result = RpcAnswer.of(answer).result();
            if (!result.path(0).canConvertToLong() || !result.path(1).isTextual()) {
                return null;
            }
            String session =
                    user + ":" + result.path(0).asLong() + ":" + result.path(1).asText();
            String token = Base64.getEncoder().encodeToString(session.getBytes(StandardCharsets.UTF_8));
            types.forget();
            return new Grant(path, "Session " + token);
        }

        @Override
        public HttpResult nothing(Answered answer) {
            RpcAnswer said = RpcAnswer.of(answer);
            if (!"LoginException".equals(said.error())) {
                return Renewal.later("The login was answered without a session: " + said.words());
            }
            String why = "The login asks for more than a password (" + said.words()
                    + "): use a user whose password is enough";
            Evidence evidence = new Evidence(answer.status(), ErrorClass.LOGIN, why, answer.body());
            return new Failed(new Outcome.Retry(evidence, null), true);
        }

        @Override
        public Duration keeps(Answered refusal) {
            return Objects.requireNonNullElse(locked(refusal, clock), Duration.ZERO);
        }
    }
}
