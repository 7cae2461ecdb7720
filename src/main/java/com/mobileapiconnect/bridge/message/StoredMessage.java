package com.mobileapiconnect.bridge.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An inbound message as stored.
 *
 * @param seq        running number in the order of acceptance
 * @param tenantName the tenant's name at acceptance: part of the body that receivers get, which never changes
 */
public record StoredMessage(
        long seq,
        InboundMessage message,
        String tenantName,
        Instant acceptedAt,
        @Nullable String matchedRuleId) {

    public StoredMessage withText(String text) {
        return new StoredMessage(seq, message.withText(text), tenantName, acceptedAt, matchedRuleId);
    }
}
