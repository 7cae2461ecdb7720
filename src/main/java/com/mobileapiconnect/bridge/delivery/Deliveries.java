package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.TargetUse;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.stats.StatQueries;
import com.mobileapiconnect.bridge.stats.Tally;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deliveries as rows: how they come in, are claimed when due, and are settled. */
@Component
public class Deliveries implements TargetUse {

    private static final String DUE =
            DeliveryState.sql("select " + DeliveryRows.FIELDS_OF_MANY + DeliveryRows.FROM + """
            where d.target_id = ? and d.state = {PENDING} and d.next_at <= ?
            order by d.next_at, d.id limit ?""");
    // Deliveries made before the lane kept order wait until they are put in order.
    private static final String DUE_IN_ORDER =
            DeliveryState.sql("select " + DeliveryRows.FIELDS_OF_MANY + DeliveryRows.FROM + """
            where d.target_id = ? and d.state = {PENDING} and d.next_at <= ? and d.order_key is not null
            order by d.next_at, d.id limit ?""");
    private static final String FIND =
            "select " + DeliveryRows.FIELDS + DeliveryRows.FROM + "where d.id = ? and d.tenant_id = ?";
    private static final String NEXT_DUE = DeliveryState.sql("""
            select min(next_at) as due from delivery
            where target_id = ? and state = {PENDING} and next_at > ? and next_at < {NEVER}""");
    private static final String DUE_IDS = DeliveryState.sql("""
            select id from delivery where target_id = ? and state = {PENDING} and next_at <= ?
            order by next_at, id limit ?""");
    private static final String STILL_DUE =
            DeliveryState.sql("select 1 from delivery where id = ? and state = {PENDING} and next_at <= ?");
    private static final String OLDEST_DUE =
            DeliveryState.sql("select min(next_at) as due from delivery where target_id = ? and state = {PENDING}");
    private static final String REQUEUE = DeliveryState.sql("""
            update delivery set state = {PENDING}, reason = null, next_at = ?, finished_at = null, granted_at = ?,
                order_key = ?, granted_from = case when state = {PENDING} then granted_from else attempts end
            where id = ?""");
    private static final String TO_REQUEUE =
            "select d.next_at, d.state, " + DeliveryRows.FIELDS + DeliveryRows.FROM + "where d.id = ?";
    private static final String DISCARD = DeliveryState.sql("""
            update delivery set state = {FAILED}, reason = 'deleted', finished_at = :now
            where id in (:ids) and state = {PENDING}""");
    private static final String ANY_OF_TARGET = "select 1 from delivery where target_id = ? limit 1";
    private static final String UNFINISHED_OF = DeliveryState.sql("""
            select tenant_id, target_id, count(*) as n from delivery where id in (:ids) and state = {PENDING}
            group by tenant_id, target_id""");

    private final Targets targets;
    private final Clock clock;
    private final Schedule schedule;
    private final Backlog backlog;
    private final PlannedDeliveries planned;
    private final Removals removals;
    /** Targets whose deliveries are not all in order yet; new deliveries wait until then. */
    private final Set<String> inDisorder = ConcurrentHashMap.newKeySet();

    public Deliveries(Targets targets, Clock clock, Schedule schedule, Backlog backlog, PlannedDeliveries planned) {
        this.targets = targets;
        this.clock = clock;
        this.schedule = schedule;
        this.backlog = backlog;
        this.planned = planned;
        this.removals = new Removals(schedule, backlog);
    }

    /** Decides which deliveries of a message that is being accepted can do without rows for now. */
    public Planning plan(List<Delivery> deliveries) {
        List<Delivery> written = new ArrayList<>(deliveries.size());
        List<Delivery> others = List.of();
        for (Delivery delivery : deliveries) {
            Target target = targets.find(delivery.targetId()).orElse(null);
            if (target != null && PlannedDeliveries.canBe(delivery, target)) {
                written.add(delivery);
            } else {
                others = others.isEmpty() ? new ArrayList<>() : others;
                others.add(delivery);
            }
        }
        return new Planning(written, others);
    }

    /**
     * Takes over the deliveries of messages that this unit has stored, with what their rows say of these. Returns those that
     * are due: all but blocked ones in ordered lanes. The unit must be one that knows of deferred rows.
     */
    public List<Delivery> accept(Transaction tx, List<Planning> accepted) throws SQLException {
        List<Delivery> due = new ArrayList<>();
        List<Delivery> others = new ArrayList<>();
        for (Planning each : accepted) {
            due.addAll(each.planned());
            others.addAll(each.others());
        }
        if (!due.isEmpty()) {
            Map<String, Long> more = new HashMap<>();
            due.forEach(delivery -> more.merge(delivery.targetId(), 1L, Long::sum));
            planned.add(tx, due);
            backlog.change(tx, more);
        }
        due.addAll(insert(tx, others));
        return due;
    }

    /**
     * Inserts deliveries in the transaction of their message; one that is there is not made again. Returns those of the
     * new ones that are due: all but blocked ones in ordered lanes.
     */
    public List<Delivery> insert(Transaction tx, List<Delivery> deliveries) throws SQLException {
        if (deliveries.isEmpty()) {
            return deliveries;
        }
        Insertion insertion = new Insertion(tx, schedule.now().toEpochMilli());
        for (Delivery delivery : deliveries) {
            String key = inOrder(delivery.targetId()) ? SenderOrder.key(delivery) : null;
            boolean waits = false;
            if (key != null) {
                insertion.flush(); // earlier deliveries of the same sender are then seen
                waits = inDisorder.contains(delivery.targetId()) || SenderOrder.taken(tx, delivery.targetId(), key);
            }
            insertion.add(delivery, key, waits);
        }
        insertion.flush();
        backlog.change(tx, insertion.more());
        return insertion.due();
    }

    private boolean inOrder(String targetId) {
        return targets.find(targetId).filter(target -> target.pace().ordered()).isPresent();
    }

    /** Makes new deliveries of this target wait, while older ones are still being put in order, or stops that. */
    public void inDisorder(String targetId, boolean is) {
        if (is) {
            inDisorder.add(targetId);
        } else {
            inDisorder.remove(targetId);
        }
    }

    /**
     * Deliveries that are due, the longest first.
     *
     * @param more whether there may be more
     */
    public record Due(List<Delivery> deliveries, boolean more) {}

    /**
     * Returns up to {@code limit} due deliveries; fewer if their texts are very long.
     *
     * @param held says which ones the lane has already: their texts take no further memory for long
     */
    public Due due(JdbcClient sql, String targetId, boolean ordered, Instant now, int limit, Predicate<String> held) {
        List<Delivery> found = sql.sql(ordered ? DUE_IN_ORDER : DUE)
                .params(targetId, now.toEpochMilli(), limit)
                .query((row, n) -> DeliveryRows.read(row))
                .list();
        LongTexts texts = new LongTexts(sql);
        LongTexts ofHeld = new LongTexts(sql);
        List<Delivery> due = new ArrayList<>(found.size());
        for (Delivery delivery : found) {
            StoredMessage source = delivery.source();
            if (source == null || !source.message().flags().has(Flags.Flag.LONG_TEXT)) {
                due.add(delivery);
                continue;
            } else if (texts.areMuch()) {
                return new Due(due, true);
            }
            StoredMessage whole = (held.test(delivery.id()) ? ofHeld : texts).whole(source);
            if (whole != null) {
                due.add(delivery.of(whole));
            }
        }
        return new Due(due, found.size() == limit);
    }

    /**
     * Returns a delivery as it was sent last; one that was not sent yet, as it will be. Its message may have been erased
     * meanwhile; then there is none.
     */
    public Optional<Delivery> find(JdbcClient sql, String tenantId, String id) {
        return sql.sql(FIND)
                .params(id, tenantId)
                .query((row, n) -> DeliveryRows.read(row))
                .optional()
                .filter(found -> found.source() != null || found.payload() != null)
                .map(Delivery::asSentLast);
    }

    /** Returns the time at which the next waiting delivery becomes due. */
    public @Nullable Instant nextDue(JdbcClient sql, String targetId, Instant now) {
        return time(sql, NEXT_DUE, targetId, now.toEpochMilli());
    }

    public @Nullable Instant oldestDue(JdbcClient sql, String targetId) {
        return time(sql, OLDEST_DUE, targetId);
    }

    private static @Nullable Instant time(JdbcClient sql, String query, Object... params) {
        return sql.sql(query)
                .params(params)
                .query((row, n) -> Optional.ofNullable(Columns.timeOrNull(row, "due")))
                .single()
                .orElse(null);
    }

    /** Returns the ids of due deliveries, the longest due first. */
    public List<String> dueIds(JdbcClient sql, String targetId, Instant now, int limit) {
        return sql.sql(DUE_IDS)
                .params(targetId, now.toEpochMilli(), limit)
                .query((row, n) -> row.getString(1))
                .list();
    }

    public boolean stillDue(JdbcClient sql, String id, Instant now) {
        return sql.sql(STILL_DUE)
                .params(id, now.toEpochMilli())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /**
     * Stores attempts and the new states of their deliveries; returns deliveries that waited for one of these to end.
     */
    public List<Delivery> settle(Transaction tx, List<Ended> batch, Instant now) throws SQLException {
        backlog.change(tx, OutcomeRows.write(tx, batch, now, planned));
        return SenderOrder.releaseAfter(tx, batch, schedule.now());
    }

    /**
     * Makes deliveries due at once, with as many more attempts as the policy grants; in an ordered lane as soon as no
     * other delivery of the sender is under way.
     *
     * @param only takes finished deliveries only in this state; null for any
     */
    public void requeue(Transaction tx, List<String> ids, @Nullable DeliveryState only) throws SQLException {
        PreparedStatement find = tx.prepared(TO_REQUEUE);
        PreparedStatement requeue = tx.prepared(REQUEUE);
        long due = schedule.now().toEpochMilli();
        Map<String, Long> more = new HashMap<>();
        for (String id : ids) {
            find.setString(1, id);
            Delivery delivery;
            boolean pending;
            long nextAt;
            try (ResultSet row = find.executeQuery()) {
                if (!row.next() || (only != null && row.getInt("state") != only.code())) {
                    continue;
                }
                delivery = DeliveryRows.read(row);
                pending = row.getInt("state") == DeliveryState.PENDING.code();
                nextAt = row.getLong("next_at");
            }
            String key = inOrder(delivery.targetId()) ? SenderOrder.key(delivery) : null;
            boolean waits = key != null
                    && (pending
                            ? nextAt == SenderOrder.BLOCKED
                            : SenderOrder.hasHead(tx, delivery.targetId(), key)
                                    || inDisorder.contains(delivery.targetId()));
            requeue.setLong(1, waits ? SenderOrder.BLOCKED : due);
            requeue.setLong(2, clock.millis());
            requeue.setString(3, key);
            requeue.setString(4, id);
            requeue.executeUpdate();
            if (!pending) {
                more.merge(delivery.targetId(), 1L, Long::sum);
            }
        }
        backlog.change(tx, more);
    }

    /** Ends unfinished deliveries among these as failed, reason {@code deleted}. */
    public void discard(Transaction tx, Collection<String> ids) throws SQLException {
        Instant now = clock.instant();
        Map<String, Long> less = new HashMap<>();
        Tally tally = new Tally(now);
        tx.sql().sql(UNFINISHED_OF).param("ids", ids).query(row -> {
            less.merge(row.getString("target_id"), -row.getLong("n"), Long::sum);
            tally.failed(row.getString("tenant_id"), row.getString("target_id"), row.getLong("n"));
        });
        tx.sql().sql(DISCARD).param("now", now.toEpochMilli()).param("ids", ids).update();
        backlog.change(tx, less);
        tally.write(tx);
    }

    /**
     * Removes these deliveries, finished or not; returns the number of removed attempts. The outcome of a call under
     * way is not logged afterwards.
     */
    int remove(Transaction tx, List<String> ids) throws SQLException {
        return removals.remove(tx, ids);
    }

    /** Returns whether the delivery is in the store, where an erased one must not leave anything. */
    public static boolean exists(Transaction tx, String id) throws SQLException {
        return OutcomeRows.exists(tx, id);
    }

    @Override
    public boolean isUsed(JdbcClient sql, String tenantId, String targetId) {
        return sql.sql(ANY_OF_TARGET)
                        .param(targetId)
                        .query(Integer.class)
                        .optional()
                        .isPresent()
                || StatQueries.isCounted(sql, tenantId, targetId);
    }

    /** Reports every removal on the writer's thread after its commit; the watcher must not wait. */
    public void watchRemoved(Consumer<RemovedDeliveries> watcher) {
        removals.watch(watcher);
    }

    /** Takes up to a step of them out of order; returns whether there are more. */
    public boolean putOutOfOrder(Transaction tx, String targetId) {
        return SenderOrder.putOutOfOrder(tx, targetId, schedule.now());
    }

    /** Makes deliveries due whose predecessors were removed; returns their number. */
    public int releaseHeadless(Transaction tx, String targetId) {
        try {
            return SenderOrder.releaseHeadless(tx, targetId, schedule.now());
        } catch (SQLException e) {
            throw new IllegalStateException("Putting target " + targetId + " in order failed", e);
        }
    }
}
