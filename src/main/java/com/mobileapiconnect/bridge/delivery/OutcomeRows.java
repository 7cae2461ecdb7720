package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.stats.Tally;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Outcomes as rows: the state of a delivery after a call, and the call in the log of attempts. */
final class OutcomeRows {

    // Only pending deliveries: a delivery that was discarded meanwhile is not changed.
    private static final String PENDING = DeliveryState.sql(" where id = ? and state = {PENDING}");
    private static final String STATE =
            "update delivery set state = ?, reason = ?, attempts = ?, next_at = ?, finished_at = ?";
    private static final String SETTLE = STATE + PENDING;
    private static final String SETTLE_FIRST = STATE + ", " + AttemptRows.FIRST + PENDING;
    private static final int OF_STATE = 5;
    private static final String MADE = """
            insert into delivery (state, reason, attempts, next_at, finished_at, first_at, first_ms, first_success,
                first_class, first_status, first_error, first_body, first_step_error, first_location, id, message_seq,
                tenant_id, target_id, action_id, rule_id, created_at, granted_from)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            on conflict (message_seq, target_id, action_id) do nothing""";
    private static final String RECORD = "update delivery set external_id = ?, external_url = ? where id = ?";
    private static final String EXISTS = "select 1 from delivery where id = ?";

    private OutcomeRows() {}

    /** Returns how many fewer are unfinished now, by target. */
    static Map<String, Long> write(Transaction tx, List<Ended> batch, Instant now, PlannedDeliveries planned)
            throws SQLException {
        boolean[] settled = settle(tx, batch, now, planned);
        Map<String, Long> less = new HashMap<>();
        Tally tally = new Tally(now);
        boolean later = false;
        for (int i = 0; i < settled.length; i++) {
            Ended ended = batch.get(i);
            if (AttemptRows.isFirst(ended)) {
                if (!settled[i]) {
                    AttemptRows.keepFirst(tx, ended);
                }
            } else if (ended.called() && (settled[i] || exists(tx, ended.deliveryId()))) {
                // No attempt is logged for a delivery that was erased meanwhile.
                AttemptRows.add(tx, ended);
                later = true;
            }
            if (settled[i] && ended.outcome() instanceof Outcome.Delivered delivered && delivered.record() != null) {
                keep(tx, ended.deliveryId(), delivered.record());
            }
            if (settled[i] && ended.state() != DeliveryState.PENDING) {
                less.merge(ended.attempt().delivery().targetId(), -1L, Long::sum);
                count(tally, ended, now);
            }
        }
        if (later) {
            AttemptRows.write(tx);
        }
        tally.write(tx);
        return less;
    }

    /**
     * Writes the new states, with first attempts: of planned deliveries in their first rows, of others in the rows that
     * they have. Returns for which of them there was a pending delivery.
     */
    private static boolean[] settle(Transaction tx, List<Ended> batch, Instant now, PlannedDeliveries planned)
            throws SQLException {
        boolean[] settled = new boolean[batch.size()];
        Settling made = new Settling(tx, MADE);
        Settling first = new Settling(tx, SETTLE_FIRST);
        Settling other = new Settling(tx, SETTLE);
        for (int i = 0; i < settled.length; i++) {
            Ended ended = batch.get(i);
            if (planned.take(tx, ended.deliveryId())) {
                fill(made.next(i), ended, now);
                AttemptRows.fillFirst(made.statement, OF_STATE + 1, ended);
                DeliveryRows.Ids.of(ended.attempt().delivery()).fill(made.statement, OF_STATE + AttemptRows.WIDTH + 1);
                made.statement.addBatch();
            } else if (AttemptRows.isFirst(ended)) {
                fill(first.next(i), ended, now);
                AttemptRows.fill(first.statement, OF_STATE + 1, ended);
                first.statement.setString(OF_STATE + AttemptRows.WIDTH + 1, ended.deliveryId());
                first.statement.addBatch();
            } else {
                fill(other.next(i), ended, now);
                other.statement.setString(OF_STATE + 1, ended.deliveryId());
                other.statement.addBatch();
            }
        }
        made.execute(settled);
        first.execute(settled);
        other.execute(settled);
        return settled;
    }

    /** A batch, with the places that its rows have among all outcomes. */
    private static final class Settling {

        private final PreparedStatement statement;
        private final List<Integer> places = new ArrayList<>();

        Settling(Transaction tx, String constant) throws SQLException {
            statement = tx.prepared(constant);
        }

        PreparedStatement next(int place) {
            places.add(place);
            return statement;
        }

        void execute(boolean[] settled) throws SQLException {
            if (places.isEmpty()) {
                return;
            }
            int[] rows = statement.executeBatch();
            for (int i = 0; i < rows.length; i++) {
                settled[places.get(i)] = rows[i] != 0;
            }
        }
    }

    private static void count(Tally tally, Ended ended, Instant now) {
        Delivery delivery = ended.attempt().delivery();
        switch (ended.state()) {
            case DELIVERED ->
                tally.delivered(
                        delivery.tenantId(),
                        delivery.targetId(),
                        now.toEpochMilli() - delivery.grantedAt().toEpochMilli());
            case FAILED -> tally.failed(delivery.tenantId(), delivery.targetId(), 1);
            case SKIPPED -> tally.skipped(delivery.tenantId(), delivery.targetId());
            case PENDING -> throw new IllegalArgumentException("Not ended: " + delivery.id());
        }
    }

    /** Few deliveries have a record, so the statement that settles all of them does not carry it. */
    private static void keep(Transaction tx, String deliveryId, Outcome.ExternalRecord record) throws SQLException {
        PreparedStatement keep = tx.prepared(RECORD);
        keep.setString(1, record.id());
        keep.setString(2, record.url());
        keep.setString(3, deliveryId);
        keep.executeUpdate();
    }

    static boolean exists(Transaction tx, String id) throws SQLException {
        PreparedStatement exists = tx.prepared(EXISTS);
        exists.setString(1, id);
        try (ResultSet row = exists.executeQuery()) {
            return row.next();
        }
    }

    private static void fill(PreparedStatement settle, Ended ended, Instant now) throws SQLException {
        Instant next = ended.nextAt();
        settle.setInt(1, ended.state().code());
        settle.setString(2, ended.reason());
        settle.setInt(3, ended.attempt().delivery().attempts() + (ended.called() ? 1 : 0));
        settle.setLong(4, next == null ? now.toEpochMilli() : next.toEpochMilli());
        Columns.set(settle, OF_STATE, ended.state() == DeliveryState.PENDING ? null : now);
    }
}
