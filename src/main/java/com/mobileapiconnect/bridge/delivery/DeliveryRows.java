package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.Payload;
import com.mobileapiconnect.bridge.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** The columns of a delivery with its message, and how they are read. */
final class DeliveryColumns {

    static final String FIELDS = "d.id, d.tenant_id, d.target_id, d.action_id, d.rule_id, d.attempts, d.granted_from, "
            + "d.created_at, d.granted_at, d.event, d.payload, " + MessageRows.COLUMNS;
    static final String FROM = " from delivery d" + MessageRows.LEFT_JOIN;

    private DeliveryColumns() {}

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
                row.getString("payload"));
    }
}
