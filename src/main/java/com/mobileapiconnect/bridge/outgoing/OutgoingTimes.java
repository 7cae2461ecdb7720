package com.mobileapiconnect.bridge.outgoing;

import java.time.Duration;
import java.time.Instant;

/**
 * The times that follow from the moment of queueing.
 *
 * @param due      when it may be sent: now, or later
 * @param refUntil until then an answer carries the ref
 */
record OutgoingTimes(Instant now, Instant due, Instant expires, Instant refUntil) {

    static OutgoingTimes at(Instant now, Terms terms, ReplySettings settings) {
        Instant due = terms.sendAt() == null || terms.sendAt().isBefore(now) ? now : terms.sendAt();
        Duration validFor = terms.validFor() == null ? settings.expireAfter() : terms.validFor();
        return new OutgoingTimes(now, due, due.plus(validFor), due.plus(settings.refFor()));
    }

    /** Returns whether no phone is to look at it yet. */
    boolean held() {
        return due.isAfter(now);
    }
}
