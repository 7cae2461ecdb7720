package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * The SMS that wait for a phone or a gateway, by tenant. Far from a tenant's limit a rough number in memory is enough;
 * near the limit they are counted in the unit that adds another one, so that two callers at once do not pass it.
 */
@Component
class OutgoingCount {

    /** More than are added between two counts of all tenants, or come so close to the limit that it costs little. */
    private static final int NEAR = 10_000;

    private static final String BY_TENANT = Outgoing.Status.sql(
            "select tenant_id, count(*) as n from outgoing where status < {SENT} group by tenant_id");
    private static final String OF_TENANT =
            Outgoing.Status.sql("select count(*) from outgoing where tenant_id = ? and status < {SENT}");

    private final Store store;
    private final Limits limits;
    private final Map<String, AtomicLong> roughly = new ConcurrentHashMap<>();

    OutgoingCount(Store store, Limits limits) {
        this.store = store;
        this.limits = limits;
        recount();
    }

    /** Counts those of all tenants, on a reader. */
    void recount() {
        Map<String, Long> counted = store.read(sql -> {
            Map<String, Long> counts = new HashMap<>();
            sql.sql(BY_TENANT).query(row -> {
                counts.put(row.getString("tenant_id"), row.getLong("n"));
            });
            return counts;
        });
        roughly.keySet().retainAll(counted.keySet());
        counted.forEach((tenantId, count) -> of(tenantId).set(count));
    }

    /** Notes one more, after the commit of the unit that queues it. */
    void addAfter(Transaction tx, String tenantId) {
        tx.afterCommit(() -> of(tenantId).incrementAndGet());
    }

    /** Returns whether the tenant may have no further SMS waiting, as this unit sees it. */
    boolean isFull(Transaction tx, String tenantId) throws SQLException {
        return room(tx, tenantId) <= 0;
    }

    /** Returns how many more SMS of the tenant may wait, as this unit sees it. */
    long room(Transaction tx, String tenantId) throws SQLException {
        long most = most(tenantId);
        long about = of(tenantId).get();
        return most - (about > most - NEAR ? exactly(tx, tenantId) : about);
    }

    int most(String tenantId) {
        return limits.of(tenantId, Limit.OUTGOING);
    }

    private AtomicLong of(String tenantId) {
        return roughly.computeIfAbsent(tenantId, first -> new AtomicLong());
    }

    private static long exactly(Transaction tx, String tenantId) throws SQLException {
        PreparedStatement count = tx.prepared(OF_TENANT);
        count.setString(1, tenantId);
        try (ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
