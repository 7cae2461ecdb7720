package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.destination.BridgeEvent;
import com.mobileapiconnect.bridge.destination.StatusTargets;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.operations.Operations;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells whom it concerns what became of an SMS, by deliveries made in the transaction of what they report: the
 * {@code statusUrl} of the SMS, and the operations webhook and the connections that ask for such events.
 */
@Component
class StatusUrls {

    private final Targets all;
    private final StatusTargets targets;
    private final Operations operations;
    private final Deliveries deliveries;
    private final Lanes lanes;

    StatusUrls(Targets all, StatusTargets targets, Operations operations, Deliveries deliveries, Lanes lanes) {
        this.all = all;
        this.targets = targets;
        this.operations = operations;
        this.deliveries = deliveries;
        this.lanes = lanes;
    }

    /** Opens the target of a URL in the unit that queues an SMS; returns false if the tenant has too many already. */
    boolean open(Transaction tx, String tenantId, String url, Instant now) {
        return targets.open(tx, tenantId, url, now);
    }

    /** Returns whether every SMS of a tenant is told about, whether or not it has a status URL. */
    boolean tellsOfAll(String tenantId) {
        return operations.tells(tenantId, BridgeEvent.OUTGOING_UPDATED)
                || !connections(tenantId).isEmpty();
    }

    /** Returns the connections that ask for such events, whatever messages they get. */
    private List<Target> connections(String tenantId) {
        return all.ofTenant(tenantId).stream()
                .filter(target -> target.type() == Target.Type.CONNECTION)
                .filter(target -> target.wants(BridgeEvent.OUTGOING_UPDATED))
                .toList();
    }

    /** Makes the deliveries of an event about an SMS as it is now. */
    void tell(Transaction tx, Outgoing sms, Instant now) throws SQLException {
        String url = sms.statusUrl();
        Target target =
                url == null ? null : targets.find(tx, sms.tenantId(), url, now).orElse(null);
        List<Delivery> told = new ArrayList<>();
        if (target != null) {
            told.addAll(deliveries.insert(
                    tx, List.of(operations.event(target, BridgeEvent.OUTGOING_UPDATED, about(sms), now))));
        }
        told.addAll(operations.tell(tx, sms.tenantId(), BridgeEvent.OUTGOING_UPDATED, about(sms), now));
        for (Target connection : connections(sms.tenantId())) {
            // It may have been deleted a moment ago: the writer's order decides.
            if (all.find(tx, connection.id()).isPresent()) {
                told.addAll(deliveries.insert(
                        tx, List.of(operations.event(connection, BridgeEvent.OUTGOING_UPDATED, about(sms), now))));
            }
        }
        lanes.handOverAfter(tx, told);
    }

    /** No event has a number or a text in it, so that erasing a number need not look for it there. */
    private static Map<String, @Nullable Object> about(Outgoing sms) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("id", sms.id());
        details.put("status", sms.status().wireName());
        details.put("deviceId", sms.deviceId());
        details.put("ref", sms.ref());
        details.put("metadata", sms.metadata());
        return details;
    }
}
