package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.message.Decoded;
import org.jspecify.annotations.Nullable;

/** The contents of an authentic request of a gateway. */
public sealed interface Received {

    /**
     * An SMS that came in, as the app or provider says it. Fields that make no sense count as left out; the text alone
     * has to be there.
     *
     * @param id     the same when the gateway repeats the SMS; null if every request is a new SMS
     * @param to     null for the number of the device or its SIM
     * @param at     time of receipt, in any of the ways in which phones write it; null for now
     * @param mended whether sender or text came in bytes that were none of their charset
     */
    record Captured(
            @Nullable String id,
            @Nullable String from,
            @Nullable String to,
            String text,
            @Nullable Integer sim,
            @Nullable String at,
            boolean mended)
            implements Received {}

    /**
     * The state of an SMS that the gateway was given to send.
     *
     * @param id the SMS's id as the bridge gave it; possibly unknown
     */
    record StatusOf(String id, Status status, @Nullable String error) implements Received {

        /** The progress of an SMS. */
        public enum Status {
            SENT,
            DELIVERED,
            FAILED
        }
    }

    /** An event that the bridge has no use for. */
    record Nothing() implements Received {}

    /**
     * A request that is not understood, kept unchanged and acknowledged.
     *
     * @param why text for people, without any part of the request
     */
    record Unparsed(String why) implements Received {}

    Received NOTHING = new Nothing();

    /** Makes an SMS of a request's fields; without a text it is {@link Unparsed}. */
    static Received captured(
            @Nullable String id,
            @Nullable Decoded from,
            @Nullable String to,
            @Nullable Decoded text,
            @Nullable Integer sim,
            @Nullable String at) {
        if (text == null) {
            return new Unparsed("The message has no text");
        }
        boolean mended = text.mended() || (from != null && from.mended());
        return new Captured(id, from == null ? null : from.text(), to, text.text(), sim, at, mended);
    }
}
