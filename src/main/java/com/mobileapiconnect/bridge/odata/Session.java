package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.erp.OutcomeTable;
import com.mobileapiconnect.bridge.erp.Renewal;
import com.mobileapiconnect.bridge.erp.Verdict;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Body;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Method;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import java.util.Map;
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

    private final ODataSettings settings;
    private final Renewal<Ticket> ticket = new Renewal<>(Ticket.NONE);
    private volatile BatchForm batches = BatchForm.JSON;

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
        Ticket shown = ticket.now();
        if (logsIn() && shown == Ticket.NONE) {
            HttpResult renewed = renew(wire, shown);
            if (renewed != null) {
                return renewed;
            }
            shown = ticket.now();
        }
        HttpResult first = wire.call(shown.on(asked), keptBytes);
        if (!asksForAnother(first)) {
            return first;
        }
        HttpResult failed = renew(wire, shown);
        if (failed != null) {
            return failed;
        }
        HttpResult second = wire.call(ticket.now().on(asked), keptBytes);
        // A service behind several machines, or one that starts anew: neither the record nor the login is wrong.
        return second instanceof Answered answer && asksForAnother(second) ? refusedAgain(answer) : second;
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

    /** Returns null if there is a ticket now. A ticket that is not given says nothing of the record: that is tried again. */
    private @Nullable HttpResult renew(Wire wire, Ticket stale) {
        HttpResult failed = fetched(wire, stale);
        return failed instanceof Answered answer
                        && OutcomeTable.USUAL.verdict(answer.status(), null) == Verdict.REJECTED
                ? notGiven(answer)
                : failed;
    }

    private @Nullable HttpResult fetched(Wire wire, Ticket stale) {
        return ticket.renew(stale, wire.deadlineNanos(), new Renewal.Way<>() {
            @Override
            public HttpResult ask() {
                return wire.call(logsIn() ? login(wire) : fetch());
            }

            @Override
            public @Nullable Ticket read(Answered answer) {
                Ticket given = Ticket.of(answer);
                return (logsIn() ? given.cookies() : given.token()) == null ? null : given;
            }

            @Override
            public HttpResult nothing(Answered answer) {
                return Renewal.later(
                        logsIn()
                                ? "The login was answered without a session's cookie"
                                : "The service asks for a CSRF token and gives none");
            }
        });
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

    private Failed notGiven(Answered answer) {
        String words = ODataError.of(answer.body()).words();
        return later(
                answer,
                "HTTP " + answer.status() + " to the " + (logsIn() ? "login" : "question for a CSRF token")
                        + (words == null ? "" : ": " + words));
    }

    private Failed refusedAgain(Answered answer) {
        return later(
                answer,
                "HTTP " + answer.status() + ": the service refuses the " + (logsIn() ? "session" : "CSRF token")
                        + " that it has just given");
    }

    private static Failed later(Answered answer, String why) {
        return new Failed(new Outcome.Retry(new Evidence(answer.status(), ErrorClass.HTTP, why, answer.body()), null));
    }
}
