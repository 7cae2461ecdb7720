package com.mobileapiconnect.bridge.frappe;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.erp.NoAnswerException;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.erp.Tracebacks;
import com.mobileapiconnect.bridge.erp.Verdict;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one piece of work, all of which end by its deadline.
 *
 * @param deadlineNanos by {@link System#nanoTime}
 * @param now           for times that a site asks to wait
 */
record FrappeCalls(FrappeServer server, TargetCalls calls, Target target, long deadlineNanos, Instant now) {

    /** The most of an answer: a document, or an error with its traceback. */
    private static final int ANSWER_BYTES = 1 << 20;
    /** The most of a DocType, which comes with its scripts. */
    private static final int LARGEST_META = 8 << 20;

    FrappeSaid call(HttpRequest request) throws NoAnswerException {
        return call(request, ANSWER_BYTES);
    }

    private FrappeSaid call(HttpRequest request, int keptBytes) throws NoAnswerException {
        return FrappeSaid.of(OverHttp.answered(
                calls.call(target, request, new TargetCalls.Bounds(deadlineNanos, keptBytes)), server.place()));
    }

    /** Asks for the DocType's fields; what a site says that does not let this login ask is {@link Meta#UNKNOWN}. */
    Meta meta() throws NoAnswerException {
        FrappeSaid said = call(server.meta(), LARGEST_META);
        Meta meta = said.isGood() ? Meta.of(said.json(), server.docType()) : null;
        if (meta != null) {
            return meta;
        }
        Verdict verdict = said.verdict();
        if (verdict == Verdict.LOGIN || verdict == Verdict.RETRY || !said.json().isObject()) { // or no site at all
            throw refused(said, "the fields of the DocType " + server.docType());
        }
        return Meta.UNKNOWN;
    }

    /** @param asked what was asked for, in words */
    NoAnswerException refused(FrappeSaid said, String asked) {
        String words = said.words();
        Fault fault = Fault.ofStatus(said.answer().status(), asked, server.place())
                .map(usual -> words == null ? usual : new Fault(usual.kind(), usual.words() + " It says: " + words))
                .orElseGet(() -> Fault.answer(
                        server.place(),
                        "with something that is no answer of Frappe. Check whether outboundUrl is the URL of a site."));
        return new NoAnswerException(failure(said, "", words), fault);
    }

    /**
     * Returns the outcome of an answer that is no success.
     *
     * @param before words before those of the site
     * @param words  of the site; null for none
     */
    Outcome failure(FrappeSaid said, String before, @Nullable String words) {
        return OverHttp.refusal(
                said.isGood() ? Verdict.UNKNOWN : said.verdict(),
                said.answer(),
                before,
                words,
                Tracebacks.without(said.answer().body()),
                now);
    }
}
