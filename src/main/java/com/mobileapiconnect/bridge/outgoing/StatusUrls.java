package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.destination.StatusTargets;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells the {@code statusUrl} of an SMS what became of it, by deliveries made in the transaction of what they report. */
@Component
class StatusUrls {

    static final String EVENT = "outgoing.updated";

    private final StatusTargets targets;
    private final Tenants tenants;
    private final Deliveries deliveries;
    private final Lanes lanes;

    StatusUrls(StatusTargets targets, Tenants tenants, Deliveries deliveries, Lanes lanes) {
        this.targets = targets;
        this.tenants = tenants;
        this.deliveries = deliveries;
        this.lanes = lanes;
    }

    /** Opens the target of a URL in the unit that queues an SMS; returns false if the tenant has too many already. */
    boolean open(Transaction tx, String tenantId, String url, Instant now) {
        return targets.open(tx, tenantId, url, now);
    }

    /** Makes the delivery of an event about an SMS as it is now, if it has a status URL. */
    void tell(Transaction tx, Outgoing sms, Instant now) throws SQLException {
        String url = sms.statusUrl();
        Target target =
                url == null ? null : targets.find(tx, sms.tenantId(), url, now).orElse(null);
        if (target != null) {
            Delivery event = Delivery.event(sms.tenantId(), target.id(), EVENT, body(sms, now), now);
            lanes.handOverAfter(tx, deliveries.insert(tx, List.of(event)));
        }
    }

    /** No event has a number or a text in it, so that erasing a number need not look for it there. */
    private String body(Outgoing sms, Instant now) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("event", EVENT)
                .put("at", WireTime.format(now))
                .put("tenantId", sms.tenantId())
                .put("tenantName", tenants.get(sms.tenantId()).name())
                .put("id", sms.id())
                .put("status", sms.status().wireName())
                .put("deviceId", sms.deviceId())
                .put("ref", sms.ref());
        ObjectNode metadata = body.putObject("metadata");
        sms.metadata().forEach(metadata::put);
        return body.toString();
    }
}
