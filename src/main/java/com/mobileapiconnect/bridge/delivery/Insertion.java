package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries on their way into the store, in batches. Those that are there already change and count nothing. */
final class Insertion {

    private final PreparedStatement insert;
    private final long now;
    private final List<Batched> batch = new ArrayList<>();
    private final List<Delivery> due = new ArrayList<>();
    private final Map<String, Long> more = new HashMap<>();

    private record Batched(Delivery delivery, boolean waits) {}

    Insertion(Transaction tx, long now) throws SQLException {
        this.insert = tx.prepared(DeliveryRows.INSERT);
        this.now = now;
    }

    /**
     * @param orderKey null unless the lane keeps the order of senders
     * @param waits    whether another delivery of the sender comes first
     */
    void add(Delivery delivery, @Nullable String orderKey, boolean waits) throws SQLException {
        DeliveryRows.fill(insert, delivery, orderKey, waits ? SenderOrder.BLOCKED : now);
        insert.addBatch();
        batch.add(new Batched(delivery, waits));
    }

    void flush() throws SQLException {
        int[] inserted = insert.executeBatch();
        for (int i = 0; i < inserted.length; i++) {
            if (inserted[i] != 0) {
                added(batch.get(i));
            }
        }
        batch.clear();
    }

    private void added(Batched added) {
        if (!added.waits) {
            due.add(added.delivery);
        }
        more.merge(added.delivery.targetId(), 1L, Long::sum);
    }

    /** Returns the new deliveries that are due. */
    List<Delivery> due() {
        return due;
    }

    /** Returns the number of new deliveries of each target. */
    Map<String, Long> more() {
        return more;
    }
}
