package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.Payload;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Columns;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Deliveries as rows, read together with their messages. */
final class DeliveryRows {

    private static final String OWN = "d.id, d.tenant_id, d.target_id, d.action_id, d.rule_id, d.attempts, "
            + "d.granted_from, d.created_at, d.granted_at, d.event, d.payload, d.carried, ";

    static final String FIELDS = OWN + MessageRows.COLUMNS;
    /** The same without long texts, which {@link LongTexts} reads. */
    static final String FIELDS_OF_MANY = OWN + MessageRows.COLUMNS_OF_MANY;

    static final String FROM = " from delivery d" + MessageRows.LEFT_JOIN;

    static final String INSERT = DeliveryState.sql("""
            insert into delivery (id, message_seq, tenant_id, target_id, action_id, rule_id, state, attempts,
                granted_from, next_at, created_at, event, payload, order_key, carried)
            values (?, ?, ?, ?, ?, ?, {PENDING}, 0, 0, ?, ?, ?, ?, ?, ?)
            on conflict (message_seq, target_id, action_id) do nothing""");

    private DeliveryRows() {}

    /** The ids of a message's delivery: all that its row says before an attempt, without the message, which may be large. */
    record Ids(
            String id,
            long messageSeq,
            String tenantId,
            String targetId,
            String actionId,
            @Nullable String ruleId,
            long createdAt) {

        /** The number of parameters that {@link #fill} sets. */
        static final int WIDTH = 7;

        static Ids of(Delivery delivery) {
            return new Ids(
                    delivery.id(),
                    delivery.message().seq(),
                    delivery.tenantId(),
                    delivery.targetId(),
                    delivery.actionId(),
                    delivery.ruleId(),
                    delivery.createdAt().toEpochMilli());
        }

        /** Fills the columns in the order of the components. */
        void fill(PreparedStatement insert, int first) throws SQLException {
            insert.setString(first, id);
            insert.setLong(first + 1, messageSeq);
            insert.setString(first + 2, tenantId);
            insert.setString(first + 3, targetId);
            insert.setString(first + 4, actionId);
            insert.setString(first + 5, ruleId);
            insert.setLong(first + 6, createdAt);
        }
    }

    /**
     * Fills {@link #INSERT}.
     *
     * @param orderKey null unless the lane keeps the order of senders
     * @param due      the time that the delivery is due, or {@link SenderOrder#BLOCKED}
     */
    static void fill(PreparedStatement insert, Delivery delivery, @Nullable String orderKey, long due)
            throws SQLException {
        StoredMessage source = delivery.source();
        insert.setString(1, delivery.id());
        insert.setLong(2, source == null ? 0 : source.seq());
        insert.setString(3, delivery.tenantId());
        insert.setString(4, delivery.targetId());
        insert.setString(5, delivery.actionId());
        insert.setString(6, delivery.ruleId());
        insert.setLong(7, due);
        insert.setLong(8, delivery.createdAt().toEpochMilli());
        insert.setString(9, source == null ? delivery.event() : null); // null for the usual event of a message
        insert.setString(10, delivery.payload());
        insert.setString(11, orderKey);
        insert.setString(12, delivery.carried());
    }

    static Delivery read(ResultSet row) throws SQLException {
        Instant createdAt = Columns.time(row, "created_at");
        Instant grantedAt = Columns.timeOrNull(row, "granted_at");
        String event = row.getString("event");
        return new Delivery(
                row.getString("id"),
                row.getString("tenant_id"),
                row.getString("m_id") == null ? null : MessageRows.read(row),
                row.getString("target_id"),
                row.getString("action_id"),
                row.getString("rule_id"),
                row.getInt("attempts"),
                row.getInt("granted_from"),
                createdAt,
                grantedAt == null ? createdAt : grantedAt,
                event == null ? Payload.EVENT : event,
                row.getString("payload"),
                row.getString("carried"));
    }
}
