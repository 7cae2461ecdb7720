package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.erp.OutcomeTable;
import com.mobileapiconnect.bridge.erp.SystemAnswer;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.time.Instant;
import java.util.Set;

/**
 * The next step that an answer of a service asks for. The status alone does not say it: services answer a duplicate with 409, 400 or 500,
 * and a value that they can never take with 500 too.
 */
enum Meaning {
    /** The record is written. */
    DONE,
    /** Perhaps the record is there already, so the service is asked for its key. */
    DUPLICATE,
    /** The service wants to see the version of the record, or that there is none. */
    NEEDS_VERSION,
    /** The record was changed meanwhile, or is there although there should be none. */
    OTHER_VERSION,
    NOT_FOUND,
    /** The end of this attempt. */
    FAILURE;

    private static final Set<Integer> MAYBE_DUPLICATE = Set.of(400, 409, 422, 500);

    /**
     * Mistakes that services answer with 500, by the codes that they pass on of their databases; and those that Dataverse
     * answers with 412: another key of the table is taken, or a rule finds the row a duplicate of others.
     */
    private static final OutcomeTable TABLE = OutcomeTable.of("""
            412 0x80060892 rejected
            412 0x80040333 rejected
            412 * retry
            428 * retry
            500 SQLITE_CONSTRAINT* rejected
            500 SQLITE_MISMATCH* rejected
            500 ENTITY_ALREADY_EXISTS* rejected
            500 UNIQUE_CONSTRAINT_VIOLATION* rejected
            500 ASSERT_* rejected
            500 22* rejected
            500 23* rejected
            500 42* rejected
            """);

    static Meaning of(Answered answer) {
        if (answer.isGood()) {
            return DONE;
        }
        return switch (answer.status()) {
            case 404 -> NOT_FOUND;
            case 412 -> OTHER_VERSION;
            case 428 -> NEEDS_VERSION;
            default -> MAYBE_DUPLICATE.contains(answer.status()) ? DUPLICATE : FAILURE;
        };
    }

    /**
     * Returns the outcome of an answer by which the record was not written, once it is known that the record is not there.
     *
     * @param sent the record; none of its values are told
     */
    static Outcome failure(Answered answer, JsonNode sent, Instant now) {
        return failure(answer, sent, now, "");
    }

    /** @param before words before those of the service */
    static Outcome failure(Answered answer, JsonNode sent, Instant now, String before) {
        int status = answer.status();
        ODataError error = ODataError.of(answer.body()).without(sent);
        String words =
                HttpAnswer.isRedirect(status) ? "redirects are not followed; set the URL it leads to" : error.words();
        return TABLE.verdict(status, error.code())
                .outcome(new SystemAnswer(
                        status,
                        before + "HTTP " + status + (words == null ? "" : ": " + words),
                        answer.body(),
                        HttpAnswer.retryAfter(answer.said().retryAfter(), now),
                        null));
    }

    /** Returns the outcome when a service was asked for a record, and did not say whether it is there. */
    static Outcome unknown(Answered answer, JsonNode sent, Instant now) {
        return failure(answer, sent, now, "Asked whether the record is there: ");
    }
}
