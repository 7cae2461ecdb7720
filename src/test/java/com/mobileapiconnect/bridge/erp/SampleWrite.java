package com.mobileapiconnect.bridge.erp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import java.time.Instant;
import java.util.Map;

/** First writes of deliveries that nobody has stored. */
public final class SampleWrite {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00Z");

    private SampleWrite() {}

    /** @param id of the delivery, which is the key of the record */
    public static ErpWrite of(String connectionId, String id, ObjectNode fields) {
        Target target = SampleTarget.connection(
                connectionId, "ten_1", RedeliveryPolicy.DEFAULT, new Target.Pace(8, null, false));
        InboundMessage message = new InboundMessage(
                "msg_" + id, "ten_1", "dev_1", null, "919876543210", null, "hi", null, null, NOW, Flags.NONE);
        Delivery delivery = new Delivery(
                id,
                "ten_1",
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
        return new ErpWrite(
                new ErpConnection(target, JsonNodeFactory.instance.objectNode(), Map.of()),
                new Attempt(delivery, target, NOW, System.nanoTime()),
                fields,
                new byte[0]);
    }
}
