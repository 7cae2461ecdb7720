package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.store.Deferred;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deliveries that are durable by the plan in their message's row, and have no row of their own yet. Nearly all get one
 * with their outcome a moment later, which is one row written instead of one written, changed and moved between indexes.
 * The others get theirs as pending ones when anybody looks for deliveries, or within a few seconds.
 *
 * <p>The writer's thread alone changes what is here, at once. When something was rolled back, or a connection has ended in
 * the middle of a commit, it is unknown what of that is stored; and at a start nothing is known. Then the plans of messages
 * behind {@link #REACHED} are gone through, and rows made of all that have none.
 */
@Component
public final class PlannedDeliveries implements Deferred {

    /** The last message up to which no plan is needed any more, because all of its deliveries have rows. */
    private static final String REACHED = "(select cast(value as bigint) from meta where name = 'deliveries/written')";

    private static final String OPEN =
            "select seq, tenant_id, accepted_at, plan from message where seq > " + REACHED + " and plan is not null";
    private static final String ANY = "select 1 from message where seq > " + REACHED + " limit 1";
    private static final String REACH = """
            update meta set value = (select cast(coalesce(max(seq), 0) as text) from message)
            where name = 'deliveries/written'""";
    private static final String LEFT =
            REACH + " and cast(value as bigint) > (select coalesce(max(seq), 0) from message)";
    /**
     * Plans that a start may find, and that are in memory: more would take long and much, and moving {@link #REACHED} for
     * fewer costs more.
     */
    private static final int MANY = 3_000;

    private static final String INSERT = DeliveryState.sql("""
            insert into delivery (id, message_seq, tenant_id, target_id, action_id, rule_id, created_at, next_at,
                state, attempts, granted_from)
            values (?, ?, ?, ?, ?, ?, ?, ?, {PENDING}, 0, 0)
            on conflict (message_seq, target_id, action_id) do nothing""");

    private final Store store;
    private final Schedule schedule;
    private final Map<String, DeliveryRows.Ids> open = new ConcurrentHashMap<>();
    /** Number of deliveries that were planned since {@link #REACHED} was moved. */
    private final AtomicInteger since = new AtomicInteger();

    /** True while rows are written in a transaction that is not committed, so that others do not see them. */
    private volatile boolean uncommitted;

    private volatile @Nullable Transaction known;
    private volatile long undone;

    public PlannedDeliveries(Store store, Schedule schedule) {
        this.store = store;
        this.schedule = schedule;
        store.defer(this);
        if (store.read(sql -> sql.sql(ANY).query(Integer.class).optional()).isPresent()) {
            store.writeNow(tx -> tx); // finds everything written, so the rows of before are
        }
    }

    /**
     * Returns whether a delivery of a message can be planned: one that says no more than its ids, and that nothing is known
     * to hold up.
     */
    static boolean canBe(Delivery delivery, Target target) {
        return delivery.source() != null
                && delivery.payload() == null
                && delivery.carried() == null
                && target.open()
                && !target.pace().ordered();
    }

    /** Notes deliveries whose plan this unit has stored. */
    void add(Transaction tx, List<Delivery> planned) throws SQLException {
        if (look(tx)) {
            return; // these have rows now, too
        }
        since.addAndGet(planned.size());
        planned.forEach(delivery -> open.put(delivery.id(), DeliveryRows.Ids.of(delivery)));
        if (open.size() > MANY) {
            write(tx); // calls do not keep up, so that most will not be spared a change of their row
        }
    }

    /** Returns whether the delivery has no row yet, as this transaction sees it; the caller writes one. */
    boolean take(Transaction tx, String id) throws SQLException {
        look(tx);
        if (!open.containsKey(id)) {
            return false;
        }
        if (!uncommitted) {
            hide(tx); // before it is removed: whoever asks in between must not find neither
        }
        open.remove(id);
        return true;
    }

    @Override
    public boolean any() {
        Transaction last = known;
        return !open.isEmpty() || uncommitted || (last != null && last.undone() != undone);
    }

    private void hide(Transaction tx) {
        uncommitted = true;
        tx.afterCommit(() -> uncommitted = false);
    }

    /** Writes what nobody has asked for, so that it is in the indexes that say what is due. */
    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void writeSoon() {
        if (any() || since.get() > MANY) {
            store.write(tx -> tx);
        }
    }

    @Override
    public void write(Transaction tx) throws SQLException {
        look(tx);
        if (open.isEmpty() && since.get() <= MANY) {
            return;
        }
        PreparedStatement insert = tx.prepared(INSERT);
        long due = schedule.now().toEpochMilli();
        for (DeliveryRows.Ids ids : open.values()) {
            add(insert, ids, due);
        }
        insert.executeBatch();
        written(tx);
    }

    private static void add(PreparedStatement insert, DeliveryRows.Ids ids, long due) throws SQLException {
        ids.fill(insert, 1);
        insert.setLong(DeliveryRows.Ids.WIDTH + 1, due);
        insert.addBatch();
    }

    private void written(Transaction tx) throws SQLException {
        hide(tx);
        tx.prepared(REACH).executeUpdate();
        open.clear();
        since.set(0);
    }

    /** Makes rows by what is stored, unless what is known here is certain; returns whether it did. */
    private boolean look(Transaction tx) throws SQLException {
        if (tx == known && tx.undone() == undone) {
            return false;
        }
        known = tx;
        undone = tx.undone();
        PreparedStatement insert = tx.prepared(INSERT);
        long due = schedule.now().toEpochMilli();
        try (ResultSet row = tx.prepared(OPEN).executeQuery()) {
            while (row.next()) {
                for (PlanText.Line line : PlanText.read(row.getString("plan"))) {
                    DeliveryRows.Ids ids = new DeliveryRows.Ids(
                            line.id(),
                            row.getLong("seq"),
                            row.getString("tenant_id"),
                            line.targetId(),
                            line.actionId(),
                            line.ruleId(),
                            row.getLong("accepted_at"));
                    add(insert, ids, due);
                }
            }
        }
        insert.executeBatch();
        written(tx);
        return true;
    }

    /** Called in the unit that has deleted messages: SQLite gives the numbers of the last ones again. */
    static void left(Transaction tx) throws SQLException {
        tx.prepared(LEFT).executeUpdate();
    }
}
