package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many deliveries each target has unfinished: counted once at the start, kept from then on, because counting a
 * million rows every few seconds would be the heaviest query there is. Every change is added on the writer's thread after
 * its commit, so it is exact, but for a commit whose answer was lost: that one is put right at the next start.
 */
@Component
public class Backlog implements SmartInitializingSingleton {

    private static final String COUNT = DeliveryState.sql(
            "select target_id, count(*) as n from delivery where state = {PENDING} group by target_id");

    private final Map<String, AtomicLong> unfinished = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> counted;

    /** Counts while the rest of the bridge is being put together. */
    Backlog(Store store) {
        counted = store.readLater(Backlog::count).thenAccept(counts -> counts.forEach(this::add));
    }

    /** A start without the count is none. */
    @Override
    public void afterSingletonsInstantiated() {
        counted.join();
    }

    private static Map<String, Long> count(JdbcClient sql) {
        Map<String, Long> counts = new ConcurrentHashMap<>();
        sql.sql(COUNT).query(row -> {
            counts.put(row.getString("target_id"), row.getLong("n"));
        });
        return counts;
    }

    /** Once the transaction is durable, which it can not be before the count is through: what it changes is not in there. */
    void change(Transaction tx, Map<String, Long> byTarget) {
        counted.join();
        if (!byTarget.isEmpty()) {
            tx.afterCommit(() -> byTarget.forEach(this::add));
        }
    }

    private void add(String targetId, long more) {
        unfinished.computeIfAbsent(targetId, id -> new AtomicLong()).addAndGet(more);
    }

    /** Those that have any. */
    public Set<String> targets() {
        counted.join();
        return unfinished.entrySet().stream()
                .filter(each -> each.getValue().get() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    public long of(String targetId) {
        counted.join();
        AtomicLong count = unfinished.get(targetId);
        return count == null ? 0 : count.get();
    }
}
