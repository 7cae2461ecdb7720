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
 * The SMS that wait for a phone or a gateway, by tenant. Far from a tenant's limit a rough number in memory is enough.
 * Near the limit units count them, and what they add, so that two callers at once do not pass it. A count takes long where
 * very many wait: it is good until the limit is reached, and the next one waits nine times as long as it took.
 */
@Component
class OutgoingCount {

    /** More than are added between two counts of all tenants, or come so close to the limit that it costs little. */
    private static final int NEAR = 10_000;

    private static final String BY_TENANT = Outgoing.Status.sql(
            "select tenant_id, count(*) as n from outgoing where status < {SENT} group by tenant_id");
    private static final String OF_TENANT =
            Outgoing.Status.sql("select count(*) from outgoing where tenant_id = ? and status < {SENT}");

    private static final int RESTS = 9;

    private final Store store;
    private final Limits limits;
    private final Map<String, AtomicLong> roughly = new ConcurrentHashMap<>();
    /** The number for tenants near their limit, as units know it: never too low, since they take off none that was sent. */
    private final Map<String, Long> atMost = new ConcurrentHashMap<>();

    private long restsUntil = System.nanoTime(); // of the writer's thread

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
        atMost.keySet().retainAll(counted.keySet());
        counted.forEach((tenantId, count) -> of(tenantId).set(count));
    }

    /** Notes one more, which this unit queues. */
    void add(Transaction tx, String tenantId) {
        atMost.computeIfPresent(tenantId, (same, count) -> count + 1);
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
        if (about <= most - NEAR) {
            atMost.remove(tenantId);
            return most - about;
        }
        Long known = atMost.get(tenantId);
        if (known == null || (known >= most && System.nanoTime() - restsUntil >= 0)) {
            known = count(tx, tenantId);
            atMost.put(tenantId, known);
        }
        return most - known;
    }

    private long count(Transaction tx, String tenantId) throws SQLException {
        long begun = System.nanoTime();
        long count = exactly(tx, tenantId);
        long ended = System.nanoTime();
        restsUntil = ended + RESTS * (ended - begun);
        return count;
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
