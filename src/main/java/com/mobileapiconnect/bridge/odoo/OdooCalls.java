package com.mobileapiconnect.bridge.odoo;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.erp.NoAnswerException;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.erp.SystemAnswer;
import com.mobileapiconnect.bridge.erp.Tracebacks;
import com.mobileapiconnect.bridge.erp.Verdict;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one piece of work, all of which end by its deadline.
 *
 * @param deadlineNanos by {@link System#nanoTime}
 * @param now           for times that Odoo asks to wait
 */
record OdooCalls(OdooServer server, TargetCalls calls, Target target, long deadlineNanos, Instant now) {

    /** The most of an answer: an import's, an error with its traceback, or the fields that are mapped. */
    private static final int ANSWER_BYTES = 256 << 10;
    /** The most of what a model says of all its fields. */
    static final int LARGEST_MODEL = 4 << 20;

    Said call(Greeting greeting, Method method) throws NoAnswerException {
        return said(greeting.api(), server.request(greeting.api(), greeting.uid(), method), ANSWER_BYTES);
    }

    private Said said(Api api, HttpRequest request, int keptBytes) throws NoAnswerException {
        return Said.of(
                api,
                OverHttp.answered(
                        calls.call(target, request, new TargetCalls.Bounds(deadlineNanos, keptBytes)), server.place()));
    }

    /**
     * Finds out how the server is called, logs in, and asks for the fields. Writes nothing, so nothing is written twice
     * while that is not known.
     *
     * @param fields the names of those that are mapped; empty for all
     */
    Greeting greet(Collection<String> fields, int keptBytes) throws NoAnswerException {
        Method method = Method.fields(server.model(), fields);
        boolean isOpen = server.only() == null;
        if (server.only() == Api.JSON_2 || (isOpen && server.hasKey())) {
            Said said = said(Api.JSON_2, server.request(Api.JSON_2, 0, method), keptBytes);
            if (said.isGood() && said.result().isObject()) {
                return new Greeting(Api.JSON_2, 0, said.result());
            } else if (!isOpen || !said.isElsewhere() || (server.login() == null && said.leadsElsewhere())) {
                throw refused(said);
            }
        }
        if (server.login() == null) {
            throw unknown();
        }
        long uid = authenticated();
        Said said = said(Api.JSON_RPC, server.request(Api.JSON_RPC, uid, method), keptBytes);
        if (said.isGood() && said.result().isObject()) {
            return new Greeting(Api.JSON_RPC, uid, said.result());
        }
        throw refused(said);
    }

    private long authenticated() throws NoAnswerException {
        Said said = said(Api.JSON_RPC, server.authentication(), ANSWER_BYTES);
        if (said.isGood() && said.result().canConvertToLong()) {
            return said.result().longValue();
        } else if (said.isGood() && said.result().isBoolean()) {
            throw new NoAnswerException(
                    Verdict.LOGIN.outcome(new SystemAnswer(
                            said.answer().status(), "Odoo does not know the login with this key or password", null)),
                    Fault.login(server.place()));
        }
        throw refused(said);
    }

    private NoAnswerException unknown() {
        String why = "has no JSON-2 API for the database " + server.database()
                + ". Check the name of the database; Odoo before 19 needs login as well.";
        return new NoAnswerException(
                Verdict.RETRY.outcome(new SystemAnswer(404, server.place() + " " + why, null)),
                Fault.missing(
                        "a JSON-2 API for the database " + server.database() + " at " + server.place(),
                        "Check the name of the database; Odoo before 19 needs login as well."));
    }

    /** Returns what a question comes to that was not answered. */
    NoAnswerException refused(Said said) {
        return new NoAnswerException(failure(said, "", said.words()), fault(said));
    }

    /**
     * Returns the outcome of an answer that is no success.
     *
     * @param before words before those of Odoo
     * @param words  of Odoo; null for none
     */
    Outcome failure(Said said, String before, @Nullable String words) {
        return OverHttp.refusal(
                said.isGood() ? Verdict.UNKNOWN : said.verdict(),
                said.answer(),
                before,
                words,
                Tracebacks.without(said.answer().body()),
                now);
    }

    private Fault fault(Said said) {
        String error = String.valueOf(said.error());
        String words = said.words();
        String model = "the model " + server.model() + " at " + server.place();
        if (said.verdict() == Verdict.LOGIN) {
            return Fault.login(server.place());
        } else if (error.endsWith("AccessError")) {
            return Fault.permission(model);
        } else if (error.endsWith("UserError") || (said.answer().status() == 404 && said.error() != null)) {
            return Fault.missing(model, "Check its name, and whether its app is installed.");
        } else if (error.equals("psycopg2.OperationalError")
                || (said.answer().status() == 404 && said.error() == null)) {
            return Fault.missing(
                    "the database " + server.database() + " at " + server.place(), "Check its name, and the URL.");
        } else if (said.answer().isGood()) {
            return Fault.answer(server.place(), words == null ? "with nothing that was asked for." : words + ".");
        }
        Fault usual = Fault.ofStatus(said.answer().status(), "the model " + server.model(), server.place())
                .orElseThrow();
        return words == null || said.leadsElsewhere()
                ? usual
                : new Fault(usual.kind(), usual.words() + " Odoo says: " + words);
    }
}
