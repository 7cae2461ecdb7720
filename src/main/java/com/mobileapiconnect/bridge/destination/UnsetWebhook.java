package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.connector.Connectors;
import com.mobileapiconnect.bridge.message.Ids;
import java.time.Instant;
import java.util.Locale;

/** A webhook that each tenant has once, before anybody has set it. */
final class UnsetWebhook {

    private UnsetWebhook() {}

    static Target of(Target.Type type, String tenantId, Instant now) {
        // Each tenant has one, so its id is derived from the tenant's.
        String id = (type == Target.Type.WEBHOOK ? "whk_" : "ops_") + Ids.rest(tenantId);
        String name = name(type);
        return new Target(
                new Target.Key(id, tenantId, type),
                name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                Target.Reach.by(Connectors.DEFAULT),
                Target.Mirror.OFF,
                Form.PLAIN,
                Target.State.ACTIVE,
                RedeliveryPolicy.DEFAULT,
                Target.Pace.DEFAULT,
                Target.Stamps.created(now));
    }

    static String name(Target.Type type) {
        return type == Target.Type.WEBHOOK ? "forward-all webhook" : "operations webhook";
    }
}
