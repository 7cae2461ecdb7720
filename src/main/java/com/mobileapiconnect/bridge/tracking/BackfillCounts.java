package com.mobileapiconnect.bridge.tracking;

import org.jspecify.annotations.Nullable;

/**
 * The counts of a backfill.
 *
 * @param messages looked at
 * @param had      of these: the connection had its delivery already
 * @param leftOut  of these: the condition would have cost more than a message may, and did not count
 */
record BackfillCounts(long messages, long had, long leftOut) {

    static final BackfillCounts NONE = new BackfillCounts(0, 0, 0);

    BackfillCounts plus(BackfillCounts more) {
        return new BackfillCounts(messages + more.messages, had + more.had, leftOut + more.leftOut);
    }

    /**
     * The result of a backfill.
     *
     * @param made  deliveries made
     * @param ended why it ended before its last message; null if it did not
     */
    record Result(
            long messages,
            long had,
            long leftOut,
            long made,
            @Nullable String ended) {}

    Result result(long made, @Nullable String ended) {
        return new Result(messages, had, leftOut, made, ended);
    }
}
