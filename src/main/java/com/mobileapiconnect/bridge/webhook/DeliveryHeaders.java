package com.mobileapiconnect.bridge.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Delivery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers that tell a receiver what a body is, and prove who made it. */
public final class DeliveryHeaders {

    private static final JsonMapper JSON = new JsonMapper();

    private DeliveryHeaders() {}

    /** Returns the ids of a delivery and the signatures of its body, in order; may be added to. */
    public static Map<String, String> of(Attempt attempt, byte[] body, Instant now) {
        Map<String, String> headers = ids(attempt);
        Signatures.sign(attempt.target(), attempt.delivery().id(), now, body, headers::put);
        return headers;
    }

    /** Returns the same to be shown, with the signatures masked. */
    static Map<String, String> shown(Attempt attempt, Instant now) {
        Map<String, String> headers = ids(attempt);
        Signatures.mask(attempt.target(), attempt.delivery().id(), now, headers::put);
        return headers;
    }

    /** Returns the message; that of an event of the bridge is the one that its body names. */
    private static @Nullable String messageId(Delivery delivery) {
        if (delivery.source() != null || delivery.payload() == null) {
            return delivery.messageId();
        }
        try {
            return JSON.readTree(delivery.payload()).path("messageId").textValue();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The event " + delivery.id() + " is no JSON", e);
        }
    }

    private static Map<String, String> ids(Attempt attempt) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-MAC-Event", attempt.delivery().event());
        String messageId = messageId(attempt.delivery());
        if (messageId != null) {
            headers.put("X-MAC-Message", messageId);
        }
        headers.put("X-MAC-Delivery", attempt.delivery().id());
        headers.put("X-MAC-Attempt", Integer.toString(attempt.number()));
        return headers;
    }
}
