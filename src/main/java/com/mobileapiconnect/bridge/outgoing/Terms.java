package com.mobileapiconnect.bridge.outgoing;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The terms on which an SMS is to be sent.
 *
 * @param sendAt   not before; null for at once
 * @param validFor the time after that in which it is worth sending; null for the setting's
 * @param metadata what the tenant wants back with it
 * @param statusUrl where events about it go; null for nowhere
 */
record Terms(
        Turn turn,
        @Nullable Instant sendAt,
        @Nullable Duration validFor,
        Map<String, String> metadata,
        @Nullable String statusUrl) {

    static final Terms OF_REPLY = new Terms(Turn.REPLY, null, null, Map.of(), null);

    /** The order in which a phone or gateway gets SMS; the order of the constants is the stored form. */
    enum Turn {
        /** A customer waits for it. */
        REPLY,
        /** The tenant sends it to one number. */
        ONE,
        /** The tenant sends it to many numbers, which delays no other SMS. */
        MANY
    }
}
