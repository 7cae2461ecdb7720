package com.mobileapiconnect.bridge.outbox;

import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.Payload;
import com.mobileapiconnect.bridge.message.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to one target.
 *
 * @param id          the same on every attempt: the receiver's idempotency key
 * @param actionId    the rule's action that asked for it; empty for the mirror
 * @param ruleId      what the body names as {@code matchedRuleId}
 * @param payload     what a reply or a mail says, as JSON; null: the message's payload
 * @param attempts    calls made so far
 * @param grantedFrom how many of them were made before the last replay; the policy counts from there
 */
public record Delivery(
        String id,
        StoredMessage message,
        String targetId,
        String actionId,
        @Nullable String ruleId,
        @Nullable String payload,
        int attempts,
        int grantedFrom,
        Instant createdAt) {

    static final String MIRROR = "";
    // Objects, references and headers of a delivery and its message, roughly.
    private static final int FIXED_BYTES = 900;

    /** The mirror of a message that was just accepted. */
    public static Delivery mirror(StoredMessage message, String targetId, @Nullable String ruleId) {
        Instant now = message.acceptedAt();
        return new Delivery(Ids.timeOrdered("dlv_", now), message, targetId, MIRROR, ruleId, null, 0, 0, now);
    }

    /** What a rule wants done about a message that was just accepted. */
    public static Delivery action(
            StoredMessage message, String targetId, String actionId, String ruleId, @Nullable String payload) {
        Instant now = message.acceptedAt();
        return new Delivery(Ids.timeOrdered("dlv_", now), message, targetId, actionId, ruleId, payload, 0, 0, now);
    }

    /** The exact bytes that are sent and signed. */
    byte[] body() {
        return payload == null ? Payload.of(message, ruleId) : payload.getBytes(StandardCharsets.UTF_8);
    }

    /** Memory that holding it takes, roughly. */
    int weight() {
        int own = payload == null ? 0 : payload.length();
        return FIXED_BYTES + 2 * (message.message().text().length() + own);
    }
}
