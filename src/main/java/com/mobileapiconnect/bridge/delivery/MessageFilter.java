package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.Numbers;
import com.mobileapiconnect.bridge.store.Columns;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Selects messages of a tenant; a null field matches every message.
 *
 * @param from the sender, in any spelling
 * @param to the recipient, likewise
 * @param text found anywhere in the text, by {@link TextSearch}
 * @param until end of the period, exclusive
 */
public record MessageFilter(
        String tenantId,
        @Nullable Numbers from,
        @Nullable Numbers to,
        @Nullable String text,
        @Nullable Instant since,
        @Nullable Instant until) {

    public static MessageFilter between(String tenantId, @Nullable Instant since, @Nullable Instant until) {
        return new MessageFilter(tenantId, null, null, null, since, until);
    }

    /** Returns the condition that an index leads to. */
    String where() {
        StringBuilder where = new StringBuilder(" where m.tenant_id = :tenant");
        if (from != null) {
            where.append(" and ").append(new NumberCondition(from, "from").on("m.sender", "m.region"));
        }
        if (to != null) {
            where.append(" and ").append(new NumberCondition(to, "to").on("m.recipient", "m.region"));
        }
        if (since != null) {
            where.append(" and m.accepted_at >= :since");
        }
        if (until != null) {
            where.append(" and m.accepted_at < :until");
        }
        return where.toString();
    }

    Map<String, @Nullable Object> params() {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("tenant", tenantId);
        if (from != null) {
            params.putAll(new NumberCondition(from, "from").params());
        }
        if (to != null) {
            params.putAll(new NumberCondition(to, "to").params());
        }
        params.put("since", Columns.millis(since));
        params.put("until", Columns.millis(until));
        return params;
    }
}
