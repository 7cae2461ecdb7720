package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import java.time.Instant;

/** First attempts at deliveries that nobody has stored. */
public final class SampleAttempt {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00Z");

    private SampleAttempt() {}

    /** @param id of the delivery */
    public static Attempt of(Target target, String id) {
        InboundMessage message = new InboundMessage(
                "msg_" + id, target.tenantId(), "dev_1", null, "919876543210", null, "hi", null, null, NOW, Flags.NONE);
        Delivery delivery = new Delivery(
                id,
                target.tenantId(),
                new StoredMessage(1, message, "Acme Corp", NOW, null),
                target.id(),
                "",
                null,
                0,
                0,
                NOW,
                NOW,
                "message.received",
                null,
                null);
        return new Attempt(delivery, target, NOW, System.nanoTime());
    }
}
