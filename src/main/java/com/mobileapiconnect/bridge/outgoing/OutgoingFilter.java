package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.delivery.NumberCondition;
import com.mobileapiconnect.bridge.message.Numbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Selects a tenant's SMS to customers; a null field matches any.
 *
 * @param to        the customer, in any spelling
 * @param notBefore the first id that matches
 * @param before    the first id that does not match any more
 */
record OutgoingFilter(
        String tenantId,
        @Nullable Numbers to,
        Outgoing.@Nullable Status status,
        @Nullable String device,
        String notBefore,
        String before) {

    private static final String IDS = " and id < :before and id >= :notBefore order by id desc";
    // Few are waiting, as the tenant's limit says, and an index has those; (id || '') keeps the planner off that of
    // ids.
    private static final String WAITING = Outgoing.Status.sql(" and status < {SENT}")
            + " and (id || '') < :before and (id || '') >= :notBefore order by (id || '') desc";
    /** Rows that a page looks at for a status or a device, of which no index knows. */
    private static final int LOOKED_AT = 5_000;

    /** @param end the id behind which the search stopped early, so that the page may be short; null at the end */
    record Found(List<Outgoing> rows, @Nullable String end) {}

    /** Returns the newest first. */
    Found list(JdbcClient sql, int limit) {
        Map<String, @Nullable Object> params = params();
        params.put("limit", limit);
        boolean waiting = status != null && status.code() < Outgoing.Status.SENT.code();
        String looked =
                (status == null ? "" : " and status = :status") + (device == null ? "" : " and device_id = :device");
        String end = looked.isEmpty() || waiting ? null : boundary(sql, params);
        params.put("notBefore", end == null ? notBefore : end);
        List<Outgoing> rows = sql.sql(
                        "select " + Outgoing.COLUMNS + where() + looked + (waiting ? WAITING : IDS) + " limit :limit")
                .params(params)
                .query((row, n) -> Outgoing.read(row))
                .list();
        return new Found(rows, end);
    }

    private @Nullable String boundary(JdbcClient sql, Map<String, @Nullable Object> params) {
        return sql.sql("select id" + where() + IDS + " limit 1 offset :skipped")
                .params(params)
                .param("skipped", LOOKED_AT)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private String where() {
        return " from outgoing where tenant_id = :tenant"
                + (to == null ? "" : " and " + new NumberCondition(to, "to").on("recipient", "region"));
    }

    private Map<String, @Nullable Object> params() {
        Map<String, @Nullable Object> params = new HashMap<>();
        if (to != null) {
            params.putAll(new NumberCondition(to, "to").params());
        }
        params.put("tenant", tenantId);
        params.put("status", status == null ? null : status.code());
        params.put("device", device);
        params.put("before", before);
        params.put("notBefore", notBefore);
        return params;
    }
}
