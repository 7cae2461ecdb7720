package com.mobileapiconnect.bridge.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.destination.BridgeEvent;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.message.WireJson;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells tenants about the bridge's own events, as deliveries to their operations webhook: made in the transaction of
 * the event, signed, retried and kept like all others. No event is about the operations webhook itself.
 */
@Component
public class Operations {

    private static final JsonMapper JSON = new JsonMapper(WireJson.FACTORY);

    private final Targets targets;
    private final Tenants tenants;
    private final Deliveries deliveries;

    Operations(Targets targets, Tenants tenants, Deliveries deliveries) {
        this.targets = targets;
        this.tenants = tenants;
        this.deliveries = deliveries;
    }

    /**
     * Makes the delivery of an event if the tenant wants it; pass the result to {@link Lanes#handOver} after the
     * commit.
     */
    public List<Delivery> tell(
            Transaction tx,
            String tenantId,
            BridgeEvent event,
            Map<String, ? extends @Nullable Object> details,
            Instant now)
            throws SQLException {
        Target listener = listener(tenantId, event).orElse(null);
        return listener == null ? List.of() : deliveries.insert(tx, List.of(event(listener, event, details, now)));
    }

    /** Returns whether a tenant's operations webhook is told events of this kind. */
    public boolean tells(String tenantId, BridgeEvent event) {
        return listener(tenantId, event).isPresent();
    }

    private Optional<Target> listener(String tenantId, BridgeEvent event) {
        return targets.operationsOf(tenantId).filter(target -> target.wants(event));
    }

    /** Makes an event that says that it is a test, for an operations webhook that is tried out; nothing is stored. */
    public Delivery sample(Target listener, Instant now) {
        Map<String, @Nullable Object> details = about(listener);
        details.put("test", true);
        return event(listener, BridgeEvent.TARGET_RECOVERED, details, now);
    }

    /** Makes an event for a target that hears of it; nothing is stored yet. */
    public Delivery event(
            Target listener, BridgeEvent event, Map<String, ? extends @Nullable Object> details, Instant now) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("event", event.wireName());
        body.put("at", WireTime.format(now));
        body.put("tenantId", listener.tenantId());
        body.put("tenantName", tenants.get(listener.tenantId()).name());
        body.putAll(details);
        return Delivery.event(listener.tenantId(), listener.id(), event.wireName(), write(body), now);
    }

    static Map<String, @Nullable Object> about(Target target) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put(
                "target",
                Map.of(
                        "type", target.type().wireName(),
                        "id", target.publicId(),
                        "name", target.name()));
        return details;
    }

    private static String write(Map<String, @Nullable Object> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers can be written as JSON", e);
        }
    }
}
