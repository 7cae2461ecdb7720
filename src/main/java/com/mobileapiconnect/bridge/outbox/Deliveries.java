package com.mobileapiconnect.bridge.outbox;

import com.mobileapiconnect.bridge.device.Unfinished;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.target.UnfinishedDeliveries;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deliveries as rows: how they come in, are claimed when due, and are settled. */
@Component
public class Deliveries implements UnfinishedDeliveries, Unfinished {

    private static final String INSERT = """
            insert into delivery (id, message_seq, tenant_id, target_id, action_id, rule_id, payload, state, attempts,
                granted_from, next_at, created_at)
            values (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?)
            on conflict (message_seq, target_id, action_id) do nothing""";
    private static final String FIELDS =
            "d.id, d.target_id, d.action_id, d.rule_id, d.payload, d.attempts, d.granted_from, d.created_at, d.next_at, "
                    + StoredMessage.COLUMNS;
    private static final String DUE = "select " + FIELDS + """
             from delivery d join message m on m.seq = d.message_seq
            where d.target_id = ? and d.state = 0 and d.next_at <= ?
            order by d.next_at, d.id limit ?""";
    // The oldest unfinished of each sender, if it is due: nothing overtakes it.
    private static final String DUE_IN_ORDER = "select " + FIELDS + """
             from delivery d join message m on m.seq = d.message_seq
            where d.target_id = ? and d.state = 0 and d.next_at <= ?
              and not exists (
                select 1 from delivery e join message n on n.seq = e.message_seq
                where e.target_id = d.target_id and e.state = 0 and e.message_seq < d.message_seq
                  and n.sender_key = m.sender_key)
            order by d.message_seq limit ?""";
    private static final String NEXT_DUE =
            "select min(next_at) from delivery where target_id = ? and state = 0 and next_at > ?";
    private static final String UNFINISHED = "select count(*) from delivery where target_id = ? and state = 0";
    private static final String OLDEST_DUE = "select min(next_at) from delivery where target_id = ? and state = 0";
    // Only what is still pending: a delivery that was discarded meanwhile stays as it is.
    private static final String SETTLE = """
            update delivery set state = ?, reason = ?, attempts = ?, next_at = ?, finished_at = ?
            where id = ? and state = 0""";
    private static final String LOG_ATTEMPT = """
            insert into attempt (delivery_id, n, at, duration_ms, success, error_class, http_status, error,
                response_body)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (delivery_id, n) do nothing""";
    private static final String REQUEUE = """
            update delivery set state = 0, reason = null, next_at = ?, finished_at = null,
                granted_from = case when state = 0 then granted_from else attempts end
            where id = ?""";
    private static final String ANY_OF_TARGET = "select 1 from delivery where target_id = ? and state = 0 limit 1";
    private static final String DISCARD_OF_TARGET = """
            update delivery set state = 2, reason = 'deleted', finished_at = ?
            where target_id = ? and state = 0""";
    private static final String ANY_OF_DEVICE = """
            select 1 from delivery d join message m on m.seq = d.message_seq
            where d.state = 0 and m.device_id = ? limit 1""";
    private static final String DISCARD_OF_DEVICE = """
            update delivery set state = 2, reason = 'deleted', finished_at = ?
            where state = 0 and message_seq in (select seq from message where device_id = ?)""";

    private final Clock clock;

    Deliveries(Clock clock) {
        this.clock = clock;
    }

    /** In the transaction of their message. A repeat is a no-op. */
    public void insert(Transaction tx, List<Delivery> deliveries) throws SQLException {
        if (deliveries.isEmpty()) {
            return;
        }
        PreparedStatement insert = tx.prepared(INSERT);
        for (Delivery delivery : deliveries) {
            insert.setString(1, delivery.id());
            insert.setLong(2, delivery.message().seq());
            insert.setString(3, delivery.message().message().tenantId());
            insert.setString(4, delivery.targetId());
            insert.setString(5, delivery.actionId());
            insert.setString(6, delivery.ruleId());
            insert.setString(7, delivery.payload());
            insert.setLong(8, delivery.createdAt().toEpochMilli());
            insert.setLong(9, delivery.createdAt().toEpochMilli());
            insert.addBatch();
        }
        insert.executeBatch();
    }

    /** The longest due first. */
    List<Delivery> due(JdbcClient sql, String targetId, boolean ordered, Instant now, int limit) {
        return sql.sql(ordered ? DUE_IN_ORDER : DUE)
                .params(targetId, now.toEpochMilli(), limit)
                .query((row, n) -> read(row))
                .list();
    }

    /** When the next one that is not due yet will be. */
    @Nullable
    Instant nextDue(JdbcClient sql, String targetId, Instant now) {
        return time(sql, NEXT_DUE, targetId, now.toEpochMilli());
    }

    @Nullable
    Instant oldestDue(JdbcClient sql, String targetId) {
        return time(sql, OLDEST_DUE, targetId);
    }

    private static @Nullable Instant time(JdbcClient sql, String query, Object... params) {
        Long millis = sql.sql(query)
                .params(params)
                .query((row, n) -> {
                    long value = row.getLong(1);
                    return row.wasNull() ? -1L : value;
                })
                .single();
        return millis < 0 ? null : Instant.ofEpochMilli(millis);
    }

    long unfinished(JdbcClient sql, String targetId) {
        return sql.sql(UNFINISHED).param(targetId).query(Long.class).single();
    }

    /** Keeps the attempt and moves the delivery on, for all of them. */
    void settle(Transaction tx, List<Ended> batch, Instant now) throws SQLException {
        PreparedStatement log = tx.prepared(LOG_ATTEMPT);
        PreparedStatement settle = tx.prepared(SETTLE);
        for (Ended ended : batch) {
            if (ended.called()) {
                logAttempt(log, ended);
                log.addBatch();
            }
            boolean final_ = ended.state() != DeliveryState.PENDING;
            int attempts = ended.attempt().delivery().attempts() + (ended.called() ? 1 : 0);
            Instant next = ended.nextAt();
            settle.setInt(1, ended.state().code());
            settle.setString(2, ended.reason());
            settle.setInt(3, attempts);
            settle.setLong(4, next == null ? now.toEpochMilli() : next.toEpochMilli());
            if (final_) {
                settle.setLong(5, now.toEpochMilli());
            } else {
                settle.setNull(5, Types.BIGINT);
            }
            settle.setString(6, ended.deliveryId());
            settle.addBatch();
        }
        log.executeBatch();
        settle.executeBatch();
    }

    private static void logAttempt(PreparedStatement log, Ended ended) throws SQLException {
        Outcome.Evidence evidence = ended.outcome().evidence();
        log.setString(1, ended.deliveryId());
        log.setInt(2, ended.attempt().number());
        log.setLong(3, ended.attempt().at().toEpochMilli());
        log.setLong(4, ended.durationMs());
        log.setInt(5, ended.success() ? 1 : 0);
        Outcome.ErrorClass errorClass = evidence == null ? null : evidence.errorClass();
        log.setString(6, errorClass == null ? null : errorClass.wireName());
        Integer status = evidence == null ? null : evidence.httpStatus();
        if (status == null) {
            log.setNull(7, Types.INTEGER);
        } else {
            log.setInt(7, status);
        }
        log.setString(8, evidence == null ? null : evidence.error());
        log.setString(9, evidence == null ? null : evidence.body());
    }

    /** Due at once, with as many attempts more as the policy grants. */
    void requeue(Transaction tx, List<String> ids, Instant now) throws SQLException {
        PreparedStatement requeue = tx.prepared(REQUEUE);
        for (String id : ids) {
            requeue.setLong(1, now.toEpochMilli());
            requeue.setString(2, id);
            requeue.addBatch();
        }
        requeue.executeBatch();
    }

    @Override
    public boolean ofTarget(Transaction tx, String targetId) {
        return tx.sql()
                .sql(ANY_OF_TARGET)
                .param(targetId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public void discardOfTarget(Transaction tx, String targetId) {
        tx.sql().sql(DISCARD_OF_TARGET).params(clock.millis(), targetId).update();
    }

    @Override
    public boolean ofDevice(Transaction tx, String deviceId) {
        return tx.sql()
                .sql(ANY_OF_DEVICE)
                .param(deviceId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public void discardOfDevice(Transaction tx, String deviceId) {
        tx.sql().sql(DISCARD_OF_DEVICE).params(clock.millis(), deviceId).update();
    }

    private static Delivery read(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString("id"),
                StoredMessage.read(row),
                row.getString("target_id"),
                row.getString("action_id"),
                row.getString("rule_id"),
                row.getString("payload"),
                row.getInt("attempts"),
                row.getInt("granted_from"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
