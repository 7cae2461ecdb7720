package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The result for one recipient of an SMS: it is queued under an id, or it is not.
 *
 * @param error  why not, for people
 * @param reason the same in one word
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Sent(
        String to,
        @Nullable String id,
        @Nullable String error,
        @Nullable String reason) {

    static final String NOT_A_NUMBER = "not-a-number";
    static final String NOT_STORED = "not-stored";
    static final String TOO_MANY_STATUS_URLS = "too-many-status-urls";
    static final String KEY_REUSED = "key-reused";
    static final String NO_PHONE = "no-phone";

    static Sent queued(String to, String id) {
        return new Sent(to, id, null, null);
    }

    static Sent refused(String to, String reason, String error) {
        return new Sent(to, null, error, reason);
    }

    /** Returns the same for another spelling of the number. */
    Sent to(String spelling) {
        return new Sent(spelling, id, error, reason);
    }

    boolean is(String asked) {
        return asked.equals(reason);
    }
}
