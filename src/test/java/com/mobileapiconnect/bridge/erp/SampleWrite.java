package com.mobileapiconnect.bridge.erp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.SampleAttempt;
import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import com.mobileapiconnect.bridge.destination.Target;
import java.util.Map;

/** First writes of deliveries that nobody has stored. */
public final class SampleWrite {

    private SampleWrite() {}

    /** @param id of the delivery, which is the key of the record */
    public static ErpWrite of(String connectionId, String id, ObjectNode fields) {
        Target target = SampleTarget.connection(
                connectionId, "ten_1", RedeliveryPolicy.DEFAULT, new Target.Pace(8, null, false));
        return new ErpWrite(
                new ErpConnection(target, JsonNodeFactory.instance.objectNode(), Map.of()),
                SampleAttempt.of(target, id),
                fields,
                new byte[0]);
    }
}
