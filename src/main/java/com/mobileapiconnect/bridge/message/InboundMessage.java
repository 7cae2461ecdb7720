package com.mobileapiconnect.bridge.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An SMS as a phone captured it, validated and complete, not yet stored.
 *
 * @param id       derived, see {@link MessageId}
 * @param tenantId owner of the message
 * @param deviceId phone that captured the message
 * @param phoneId  the phone's own id of the capture, at most 128 characters
 * @param from     the sender in the phone's spelling, 1–64 characters, no control characters; may be alphanumeric
 * @param to       the recipient's number; null if neither the phone nor the pairing knows it
 * @param text     well-formed Unicode without NUL; nearly always at most {@link #ORDINARY_TEXT} characters
 * @param ref      the reference that the customer's answer belongs to
 * @param sim      the SIM slot that received the message
 * @param flags    unusual facts, for the reader of the message's story
 * @param asSent   what the phone gave where something else stands here; null if nothing does
 * @param region   where the phone is, by whose way of writing its numbers are read (see {@link Region}); null if unknown
 */
public record InboundMessage(
        String id,
        String tenantId,
        String deviceId,
        @Nullable String phoneId,
        String from,
        @Nullable String to,
        String text,
        @Nullable String ref,
        @Nullable Integer sim,
        Instant receivedAt,
        Flags flags,
        @Nullable AsSent asSent,
        @Nullable String region) {

    /** The sender of a message whose phone does not tell. */
    public static final String UNKNOWN = "unknown";

    /** Characters of the text for which the cost of rules is reckoned; nearly every text is shorter. */
    public static final int ORDINARY_TEXT = 10_000;

    public static final int MAX_NUMBER = 64;
    public static final int MAX_PHONE_ID = 128;
    public static final int MAX_SIM = 9;

    /** A message of which nothing was replaced, of a phone of which no region is known. */
    public InboundMessage(
            String id,
            String tenantId,
            String deviceId,
            @Nullable String phoneId,
            String from,
            @Nullable String to,
            String text,
            @Nullable String ref,
            @Nullable Integer sim,
            Instant receivedAt,
            Flags flags) {
        this(id, tenantId, deviceId, phoneId, from, to, text, ref, sim, receivedAt, flags, null, null);
    }

    /**
     * Returns the sender by which the message is found and erased: of one that cannot be, what is seen of it, as long as
     * that could be one.
     */
    public String foundBy() {
        if (asSent == null || asSent.from() == null) {
            return from;
        }
        StringBuilder seen = new StringBuilder();
        asSent.from()
                .codePoints()
                .filter(c -> !Character.isISOControl(c) && c != '\uFFFD')
                .forEach(seen::appendCodePoint);
        return seen.length() == 0 || seen.length() > MAX_NUMBER ? from : seen.toString();
    }

    public InboundMessage withId(String newId) {
        return new InboundMessage(
                newId, tenantId, deviceId, phoneId, from, to, text, ref, sim, receivedAt, flags, asSent, region);
    }

    public InboundMessage withRef(String newRef) {
        return new InboundMessage(
                id, tenantId, deviceId, phoneId, from, to, text, newRef, sim, receivedAt, flags, asSent, region);
    }

    public InboundMessage withText(String newText) {
        return new InboundMessage(
                id, tenantId, deviceId, phoneId, from, to, newText, ref, sim, receivedAt, flags, asSent, region);
    }

    public InboundMessage withFlag(Flags.Flag flag) {
        return new InboundMessage(
                id,
                tenantId,
                deviceId,
                phoneId,
                from,
                to,
                text,
                ref,
                sim,
                receivedAt,
                flags.with(flag),
                asSent,
                region);
    }
}
