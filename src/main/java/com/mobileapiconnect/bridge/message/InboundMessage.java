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
 * @param text     0–10,000 characters, well-formed Unicode without NUL
 * @param ref      the reference that the customer's answer belongs to
 * @param sim      the SIM slot that received the message
 * @param flags    unusual facts, for the reader of the message's story
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
        Flags flags) {

    public static final int MAX_TEXT = 10_000;
    public static final int MAX_NUMBER = 64;
    public static final int MAX_PHONE_ID = 128;
    public static final int MAX_SIM = 9;

    public InboundMessage withId(String newId) {
        return new InboundMessage(newId, tenantId, deviceId, phoneId, from, to, text, ref, sim, receivedAt, flags);
    }

    public InboundMessage withRef(String newRef) {
        return new InboundMessage(id, tenantId, deviceId, phoneId, from, to, text, newRef, sim, receivedAt, flags);
    }

    public InboundMessage withFlag(Flags.Flag flag) {
        return new InboundMessage(
                id, tenantId, deviceId, phoneId, from, to, text, ref, sim, receivedAt, flags.with(flag));
    }
}
