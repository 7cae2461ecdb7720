package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.Payload;
import com.mobileapiconnect.bridge.message.StoredMessage;
import java.time.Duration;
import java.time.Instant;

/** Attempts for tests of senders alone, of deliveries that are in no store. */
public final class Attempts {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00.000Z");

    private static final RedeliveryPolicy PATIENT =
            new RedeliveryPolicy(20, Duration.ofSeconds(5), 4, Duration.ofHours(6), 0.2, Duration.ofMinutes(2));

    private Attempts() {}

    public static Attempt of(String tenantId, String deliveryId, String connector) {
        return of(tenantId, deliveryId, 0, connector);
    }

    public static Attempt of(String tenantId, String deliveryId, String connector, Duration timeout) {
        return of(tenantId, deliveryId, 0, connector, new RedeliveryPolicy(20, timeout, 4, timeout, 0.2, timeout));
    }

    /** With more time than any machine needs. */
    public static Attempt of(String tenantId, String deliveryId, int grantedFrom, String connector) {
        return of(tenantId, deliveryId, grantedFrom, connector, PATIENT);
    }

    private static Attempt of(
            String tenantId, String deliveryId, int grantedFrom, String connector, RedeliveryPolicy policy) {
        Target target = SampleTarget.without(connector, "act_test", tenantId, policy);
        InboundMessage message = new InboundMessage(
                "msg_test", tenantId, "dev_test", null, "919876543210", null, "hi", null, null, NOW, Flags.NONE);
        StoredMessage stored = new StoredMessage(1, message, "Acme Corp", NOW, null);
        Delivery delivery = new Delivery(
                deliveryId,
                tenantId,
                stored,
                target.id(),
                "act_test",
                null,
                grantedFrom,
                grantedFrom,
                NOW,
                NOW,
                Payload.EVENT,
                null,
                null);
        return new Attempt(delivery, target, NOW, System.nanoTime());
    }
}
