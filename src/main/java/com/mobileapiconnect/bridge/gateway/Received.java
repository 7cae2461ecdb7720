package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.MessageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The contents of an authentic request of a gateway. */
public sealed interface Received {

    /**
     * An SMS that came in.
     *
     * @param id the same when the gateway repeats the SMS; null if every request is a new SMS
     * @param to null for the number of the device or its SIM
     * @param at time of receipt; null for now
     */
    record Captured(
            @Nullable String id,
            String from,
            @Nullable String to,
            String text,
            @Nullable Integer sim,
            @Nullable Instant at)
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

    /**
     * Makes an SMS of a request's fields if possible: without a sender or a text it is {@link Unparsed}. An impossible
     * receiving number or id counts as left out. Without an id, one is derived from sender, text and the second.
     */
    static Received captured(
            @Nullable String id,
            @Nullable String from,
            @Nullable String to,
            @Nullable String text,
            @Nullable Integer sim,
            @Nullable Instant at) {
        if (from == null || !isNumber(from)) {
            return new Unparsed(
                    "The message has no sender of 1 to " + InboundMessage.MAX_NUMBER + " printable characters");
        } else if (text == null) {
            return new Unparsed("The message has no text");
        } else if (text.codePointCount(0, text.length()) > InboundMessage.MAX_TEXT) {
            return new Unparsed("The message's text is over " + InboundMessage.MAX_TEXT + " characters");
        }
        return new Captured(
                id(id, from, text, at),
                from,
                to == null || !isNumber(to) ? null : to,
                text,
                sim == null || sim < 0 || sim > InboundMessage.MAX_SIM ? null : sim,
                at);
    }

    private static @Nullable String id(@Nullable String given, String from, String text, @Nullable Instant at) {
        if (given != null && !given.isEmpty() && given.length() <= InboundMessage.MAX_PHONE_ID) {
            return given;
        }
        return at == null ? null : MessageId.derivedPhoneId(from, text, at);
    }

    private static boolean isNumber(String number) {
        return !number.isEmpty()
                && number.codePointCount(0, number.length()) <= InboundMessage.MAX_NUMBER
                && number.chars().noneMatch(Character::isISOControl);
    }
}
