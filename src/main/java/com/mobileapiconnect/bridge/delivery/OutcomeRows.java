package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.stats.Tally;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Outcomes as rows: the state of a delivery after a call, and the call in the log of attempts. */
final class OutcomeRows {

    // Only pending deliveries: a delivery that was discarded meanwhile is not changed.
    private static final String SETTLE = DeliveryState.sql("""
            update delivery set state = ?, reason = ?, attempts = ?, next_at = ?, finished_at = ?
            where id = ? and state = {PENDING}""");
    private static final String RECORD = "update delivery set external_id = ?, external_url = ? where id = ?";
    private static final String EXISTS = "select 1 from delivery where id = ?";
    private static final String LOG = """
            insert into attempt (delivery_id, n, at, duration_ms, success, error_class, http_status, error,
                response_body, step_error, location)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (delivery_id, n) do nothing""";

    private OutcomeRows() {}

    /** Returns how many fewer are unfinished now, by target. */
    static Map<String, Long> write(Transaction tx, List<Ended> batch, Instant now) throws SQLException {
        PreparedStatement settle = tx.prepared(SETTLE);
        for (Ended ended : batch) {
            fillSettle(settle, ended, now);
            settle.addBatch();
        }
        int[] settled = settle.executeBatch();
        PreparedStatement log = tx.prepared(LOG);
        Map<String, Long> less = new HashMap<>();
        Tally tally = new Tally(now);
        for (int i = 0; i < settled.length; i++) {
            Ended ended = batch.get(i);
            // No attempt is logged for a delivery that was erased meanwhile.
            if (ended.called() && (settled[i] != 0 || exists(tx, ended.deliveryId()))) {
                fillLog(log, ended);
                log.addBatch();
            }
            if (settled[i] != 0
                    && ended.outcome() instanceof Outcome.Delivered delivered
                    && delivered.record() != null) {
                keep(tx, ended.deliveryId(), delivered.record());
            }
            if (settled[i] != 0 && ended.state() != DeliveryState.PENDING) {
                less.merge(ended.attempt().delivery().targetId(), -1L, Long::sum);
                count(tally, ended, now);
            }
        }
        log.executeBatch();
        tally.write(tx);
        return less;
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

    private static void fillSettle(PreparedStatement settle, Ended ended, Instant now) throws SQLException {
        Instant next = ended.nextAt();
        settle.setInt(1, ended.state().code());
        settle.setString(2, ended.reason());
        settle.setInt(3, ended.attempt().delivery().attempts() + (ended.called() ? 1 : 0));
        settle.setLong(4, next == null ? now.toEpochMilli() : next.toEpochMilli());
        Columns.set(settle, 5, ended.state() == DeliveryState.PENDING ? null : now);
        settle.setString(6, ended.deliveryId());
    }

    private static void fillLog(PreparedStatement log, Ended ended) throws SQLException {
        Outcome.Evidence evidence = ended.outcome().evidence();
        log.setString(1, ended.deliveryId());
        log.setInt(2, ended.attempt().number());
        log.setLong(3, ended.attempt().at().toEpochMilli());
        log.setLong(4, ended.durationMs());
        log.setInt(5, ended.success() ? 1 : 0);
        Outcome.ErrorClass errorClass = evidence == null ? null : evidence.errorClass();
        log.setString(6, errorClass == null ? null : errorClass.wireName());
        Columns.set(log, 7, evidence == null ? null : evidence.httpStatus());
        log.setString(8, evidence == null ? null : evidence.error());
        log.setString(9, evidence == null ? null : evidence.body());
        log.setString(10, ended.attempt().stepError());
        log.setString(11, evidence == null ? null : evidence.location());
    }
}
