package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.Form;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.Payload;
import com.mobileapiconnect.bridge.message.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message, or an event of the bridge itself, on its way to a target.
 *
 * @param id          the same on every attempt: the receiver's idempotency key
 * @param source      the message; null for an event of the bridge
 * @param actionId    the rule's action that asked for it; empty for the mirror; the delivery's own id for an event
 * @param ruleId      the {@code matchedRuleId} of the body
 * @param attempts    calls made so far
 * @param grantedFrom number of calls made before the last replay; the policy counts from there
 * @param grantedAt   time at which it was last asked for; its age counts from there
 * @param event       name of the event that the receiver is told
 * @param payload     the JSON to send in place of the message: the content of a reply or mail, or an event
 * @param carried     a JSON object of what the target's bodies have beside the message; null for nothing
 */
public record Delivery(
        String id,
        String tenantId,
        @Nullable StoredMessage source,
        String targetId,
        String actionId,
        @Nullable String ruleId,
        int attempts,
        int grantedFrom,
        Instant createdAt,
        Instant grantedAt,
        String event,
        @Nullable String payload,
        @Nullable String carried) {

    /**
     * The parts of a body beside the message, or in its place; each as in {@link Delivery}.
     *
     * @param carried of {@link Form#carried}
     */
    public record Content(
            @Nullable String ruleId,
            @Nullable String payload,
            @Nullable String carried) {}

    static final String MIRROR = "";
    private static final String PREFIX = "dlv_";
    // Objects, references and headers of a delivery and its message, roughly.
    private static final int FIXED_BYTES = 900;

    /** The mirror of a message that was just accepted. */
    public static Delivery mirror(StoredMessage message, String targetId, @Nullable String ruleId) {
        return mirror(message, targetId, ruleId, null);
    }

    /** @param carried what the target's bodies have beside the message: {@link Form#carried} */
    public static Delivery mirror(
            StoredMessage message, String targetId, @Nullable String ruleId, @Nullable String carried) {
        return ofMessage(message, targetId, MIRROR, new Content(ruleId, null, carried), message.acceptedAt());
    }

    /** Makes the mirror of a message that was accepted some time ago; the age of the delivery counts from now. */
    public static Delivery late(StoredMessage message, String targetId, @Nullable String carried, Instant now) {
        return ofMessage(message, targetId, MIRROR, new Content(message.matchedRuleId(), null, carried), now);
    }

    /** Makes the delivery for an action of a rule about a message that was just accepted. */
    public static Delivery action(StoredMessage message, String targetId, String actionId, Content content) {
        return ofMessage(message, targetId, actionId, content, message.acceptedAt());
    }

    private static Delivery ofMessage(
            StoredMessage message, String targetId, String actionId, Content content, Instant now) {
        return new Delivery(
                Ids.timeOrdered(PREFIX, now),
                message.message().tenantId(),
                message,
                targetId,
                actionId,
                content.ruleId(),
                0,
                0,
                now,
                now,
                Payload.EVENT,
                content.payload(),
                content.carried());
    }

    /** Returns a bound: deliveries that were made before that moment have ids before it, all others behind it. */
    static String firstIdAt(Instant time) {
        return Ids.firstAt(PREFIX, time);
    }

    /** Makes the delivery of an event that has no message. */
    public static Delivery event(String tenantId, String targetId, String event, String payload, Instant now) {
        String id = Ids.timeOrdered(PREFIX, now);
        return new Delivery(id, tenantId, null, targetId, id, null, 0, 0, now, now, event, payload, null);
    }

    public StoredMessage message() {
        if (source == null) {
            throw new IllegalStateException("Delivery " + id + " is of the event " + event + ", not of a message");
        }
        return source;
    }

    Delivery of(StoredMessage whole) {
        return new Delivery(
                id,
                tenantId,
                whole,
                targetId,
                actionId,
                ruleId,
                attempts,
                grantedFrom,
                createdAt,
                grantedAt,
                event,
                payload,
                carried);
    }

    /** Returns the delivery as it was before its last call, if there was one. */
    Delivery asSentLast() {
        return new Delivery(
                id,
                tenantId,
                source,
                targetId,
                actionId,
                ruleId,
                Math.max(0, attempts - 1),
                grantedFrom,
                createdAt,
                grantedAt,
                event,
                payload,
                carried);
    }

    /** Returns null for an event of the bridge. */
    public @Nullable String messageId() {
        return source == null ? null : source.message().id();
    }

    /** The exact bytes that are sent and signed. */
    public byte[] body() {
        return payload == null ? Payload.of(message(), ruleId, carried) : payload.getBytes(StandardCharsets.UTF_8);
    }

    /** Memory that holding it takes, roughly. */
    public int weight() {
        int text = source == null ? 0 : source.message().text().length();
        return FIXED_BYTES
                + 2 * text
                + (payload == null ? 0 : 2 * payload.length())
                + (carried == null ? 0 : 2 * carried.length());
    }
}
