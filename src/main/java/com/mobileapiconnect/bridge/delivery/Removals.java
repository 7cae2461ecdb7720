package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Removes deliveries from the store, finished or not, and tells listeners that may hold such deliveries in memory. */
final class Removals {

    private static final String UNFINISHED = DeliveryState.sql("""
            select id, target_id, order_key from delivery where id in (:ids) and state = {PENDING}""");
    private static final String FIRST_ATTEMPTS =
            "select count(*) from delivery where id in (:ids) and first_at is not null";
    private static final String REMOVE_ATTEMPTS = "delete from attempt where delivery_id in (:ids)";
    private static final String REMOVE = "delete from delivery where id in (:ids)";
    /** Fewer than the parameters that a statement may have, on either database. */
    private static final int AT_ONCE = 5_000;

    private final Schedule schedule;
    private final Backlog backlog;
    private final List<Consumer<RemovedDeliveries>> watchers = new CopyOnWriteArrayList<>();

    Removals(Schedule schedule, Backlog backlog) {
        this.schedule = schedule;
        this.backlog = backlog;
    }

    void watch(Consumer<RemovedDeliveries> watcher) {
        watchers.add(watcher);
    }

    private record Row(String id, String targetId, @Nullable String orderKey) {}

    /** A sender in an ordered lane. */
    private record Turn(String targetId, String orderKey) {}

    /** Returns the number of attempts that were removed with the deliveries. */
    int remove(Transaction tx, List<String> ids) throws SQLException {
        List<Row> unfinished = new ArrayList<>();
        int attempts = 0;
        for (int i = 0; i < ids.size(); i += AT_ONCE) {
            List<String> some = ids.subList(i, Math.min(ids.size(), i + AT_ONCE));
            unfinished.addAll(unfinished(tx, some));
            attempts += tx.sql()
                    .sql(FIRST_ATTEMPTS)
                    .param("ids", some)
                    .query(Integer.class)
                    .single();
            attempts += tx.sql().sql(REMOVE_ATTEMPTS).param("ids", some).update();
            tx.sql().sql(REMOVE).param("ids", some).update();
        }
        if (!unfinished.isEmpty()) {
            after(tx, unfinished);
        }
        return attempts;
    }

    private static List<Row> unfinished(Transaction tx, List<String> ids) {
        return tx.sql()
                .sql(UNFINISHED)
                .param("ids", ids)
                .query((row, n) -> new Row(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    private void after(Transaction tx, List<Row> unfinished) throws SQLException {
        Map<String, Long> less = new HashMap<>();
        Map<String, Set<String>> ids = new HashMap<>();
        Set<Turn> turns = new HashSet<>();
        for (Row row : unfinished) {
            less.merge(row.targetId(), -1L, Long::sum);
            ids.computeIfAbsent(row.targetId(), first -> new HashSet<>()).add(row.id());
            if (row.orderKey() != null) {
                turns.add(new Turn(row.targetId(), row.orderKey()));
            }
        }
        backlog.change(tx, less);
        Set<String> released = new HashSet<>();
        for (Turn turn : turns) {
            // Otherwise later deliveries of the same sender would wait for ever.
            if (SenderOrder.release(tx, turn.targetId(), turn.orderKey(), schedule.now()) != null) {
                released.add(turn.targetId());
            }
        }
        RemovedDeliveries removed = new RemovedDeliveries(ids, released);
        tx.afterCommit(() -> watchers.forEach(watcher -> watcher.accept(removed)));
    }
}
