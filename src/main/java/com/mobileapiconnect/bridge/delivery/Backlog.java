package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.HashSet;
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
 * The number of unfinished deliveries of each target, counted once at the start and kept up to date, because counting a
 * million rows every few seconds would be the heaviest query of all. Every change is added on the writer's thread after
 * its commit, so the number is exact; after a commit whose acknowledgement was lost it is counted again.
 */
@Component
public class Backlog implements SmartInitializingSingleton {

    private static final String COUNT = DeliveryState.sql(
            "select target_id, count(*) as n from delivery where state = {PENDING} group by target_id");
    private static final String COUNT_OF =
            DeliveryState.sql("select count(*) from delivery where state = {PENDING} and target_id = ?");

    private final Map<String, AtomicLong> unfinished = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> counted;
    /** Targets whose change is not committed yet, and perhaps never will be; used by the writer's thread alone. */
    private final Set<String> uncommitted = new HashSet<>();

    /** Counts while the rest of the bridge starts, once planned deliveries of before have rows. */
    Backlog(Store store, PlannedDeliveries planned) {
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

    /**
     * Adds the change after the commit. Waits for the initial count, so that this transaction's rows are not counted
     * twice.
     */
    void change(Transaction tx, Map<String, Long> byTarget) {
        counted.join();
        if (!byTarget.isEmpty()) {
            uncommitted.addAll(byTarget.keySet());
            tx.afterCommit(
                    () -> {
                        byTarget.forEach(this::add);
                        uncommitted.removeAll(byTarget.keySet());
                    },
                    later -> byTarget.keySet().forEach(target -> countAgain(later, target)));
        }
    }

    private void countAgain(Transaction tx, String targetId) {
        long now = tx.sql().sql(COUNT_OF).param(targetId).query(Long.class).single();
        tx.afterCommit(() -> {
            unfinished.computeIfAbsent(targetId, id -> new AtomicLong()).set(now);
            uncommitted.remove(targetId);
        });
    }

    /**
     * Returns whether a target may have unfinished deliveries, as a unit of this transaction sees it: those of earlier
     * units of its group count.
     */
    public boolean mayHave(Transaction tx, String targetId) {
        return of(targetId) > 0 || uncommitted.contains(targetId);
    }

    /** Returns the targets that may have unfinished deliveries, as a unit of this transaction sees them. */
    public Set<String> targets(Transaction tx) {
        Set<String> targets = new HashSet<>(targets());
        targets.addAll(uncommitted);
        return targets;
    }

    private void add(String targetId, long more) {
        unfinished.computeIfAbsent(targetId, id -> new AtomicLong()).addAndGet(more);
    }

    /** Returns the targets that have unfinished deliveries. */
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
