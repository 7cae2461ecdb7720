package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Body;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Method;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a connection, with what its service wants to see again: a token against forgery with its cookies, or the
 * session of a login. Both are fetched when a call shows that they are missing or have expired, by one call for all that
 * wait, and the call is made once more: it had done nothing.
 */
final class Session {

    private static final String JSON = "application/json";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    /** The time for which a refused login is the answer to further calls: until its connection is disabled by it. */
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ODataSettings settings;
    private final ReentrantLock renewing = new ReentrantLock(true);
    private volatile Ticket ticket = Ticket.NONE;
    private volatile BatchForm batches = BatchForm.JSON;
    /** The latest refusal of the login; guarded by the lock. */
    private @Nullable HttpResult refusal;

    private long refusedAt;

    Session(ODataSettings settings) {
        this.settings = settings;
    }

    /** Returns the form of batches that the service has taken last, or else the newer one. */
    BatchForm batches() {
        return batches;
    }

    void batchesAs(BatchForm form) {
        batches = form;
    }

    private boolean logsIn() {
        return settings.companyDb() != null;
    }

    HttpResult call(Wire wire, HttpRequest request) {
        return call(wire, request, Wire.ANSWER_BYTES);
    }

    HttpResult call(Wire wire, HttpRequest request, int keptBytes) {
        HttpRequest asked = logsIn() ? request.withoutCredentials() : request;
        Ticket shown = ticket;
        if (logsIn() && shown == Ticket.NONE) {
            HttpResult renewed = renew(wire, shown);
            if (renewed != null) {
                return renewed;
            }
            shown = ticket;
        }
        HttpResult first = wire.call(shown.on(asked), keptBytes);
        if (!asksForAnother(first)) {
            return first;
        }
        HttpResult failed = renew(wire, shown);
        if (failed != null) {
            return failed;
        }
        HttpResult second = wire.call(ticket.on(asked), keptBytes);
        // A service behind several machines, or one that starts anew: neither the record nor the login is wrong.
        return second instanceof Answered answer && asksForAnother(second) ? later(answer) : second;
    }

    private boolean asksForAnother(HttpResult result) {
        if (!(result instanceof Answered answer)) {
            return false;
        } else if (logsIn()) {
            return answer.status() == UNAUTHORIZED;
        }
        return settings.csrf()
                && answer.status() == FORBIDDEN
                && "required"
                        .equalsIgnoreCase(
                                String.valueOf(answer.header(Ticket.TOKEN)).strip());
    }

    /** Gets another ticket in place of that one, unless somebody else has done so. Returns null if there is one now. */
    private @Nullable HttpResult renew(Wire wire, Ticket stale) {
        long began = System.nanoTime();
        try {
            if (!renewing.tryLock(wire.nanosLeft(), TimeUnit.NANOSECONDS)) {
                return failed("Another call fetches what the service asks for, and takes too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("Interrupted while waiting for a session");
        }
        try {
            if (ticket != stale) {
                return null;
            } else if (refusal != null && began - refusedAt < KEPT_NANOS) {
                return refusal; // one wrong password is enough
            }
            HttpResult result = wire.call(logsIn() ? login(wire) : fetch());
            return result instanceof Answered answer ? take(answer) : result;
        } finally {
            renewing.unlock();
        }
    }

    private @Nullable HttpResult take(Answered answer) {
        Ticket given = Ticket.of(answer);
        if (answer.isGood() && (logsIn() ? given.cookies() : given.token()) != null) {
            ticket = given;
            return null;
        } else if (answer.isGood()) {
            return failed(
                    logsIn()
                            ? "The login was answered without a session's cookie"
                            : "The service asks for a CSRF token and gives none");
        } else if (answer.status() == UNAUTHORIZED) {
            refusal = answer;
            refusedAt = System.nanoTime();
        }
        return answer;
    }

    private HttpRequest fetch() {
        return HttpRequest.get(settings.service().root(), Map.of(Ticket.TOKEN, "Fetch", "Accept", JSON));
    }

    private HttpRequest login(Wire wire) {
        HttpOptions.Auth auth = wire.target().http().auth();
        HttpOptions.Auth.Basic basic = auth instanceof HttpOptions.Auth.Basic given ? given : null;
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("CompanyDB", settings.companyDb())
                .put("UserName", basic == null ? "" : basic.username())
                .put("Password", basic == null ? "" : basic.password().reveal())
                .toString();
        return HttpRequest.of(Method.POST, settings.service().at("Login"), Map.of("Accept", JSON), Body.json(body))
                .withoutCredentials();
    }

    private Failed later(Answered answer) {
        String why = "HTTP " + answer.status() + ": the service refuses the " + (logsIn() ? "session" : "CSRF token")
                + " that it has just given";
        return new Failed(new Outcome.Retry(new Evidence(answer.status(), ErrorClass.HTTP, why, answer.body()), null));
    }

    private static Failed failed(String why) {
        return new Failed(new Outcome.Retry(Evidence.failure(ErrorClass.HTTP, why), null));
    }
}
