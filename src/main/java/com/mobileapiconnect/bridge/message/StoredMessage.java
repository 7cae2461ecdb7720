package com.mobileapiconnect.bridge.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An inbound message as stored.
 *
 * @param seq        running number in the order of acceptance
 * @param tenantName the tenant's name at acceptance: part of the body that receivers get, which never changes
 */
public record StoredMessage(
        long seq,
        InboundMessage message,
        String tenantName,
        Instant acceptedAt,
        @Nullable String matchedRuleId) {

    /** The columns that {@link #read} needs, of a table or alias {@code m}. */
    public static final String COLUMNS = """
            m.seq as m_seq, m.id as m_id, m.tenant_id as m_tenant, m.tenant_name, m.device_id, m.phone_id,
            m.sender, m.recipient, m.text, m.ref, m.sim, m.received_at, m.accepted_at, m.flags,
            m.matched_rule_id""";

    public static StoredMessage read(ResultSet row) throws SQLException {
        int sim = row.getInt("sim");
        Integer simOrNull = row.wasNull() ? null : sim;
        InboundMessage message = new InboundMessage(
                row.getString("m_id"),
                row.getString("m_tenant"),
                row.getString("device_id"),
                row.getString("phone_id"),
                row.getString("sender"),
                row.getString("recipient"),
                row.getString("text"),
                row.getString("ref"),
                simOrNull,
                Instant.ofEpochMilli(row.getLong("received_at")),
                new Flags(row.getInt("flags")));
        return new StoredMessage(
                row.getLong("m_seq"),
                message,
                row.getString("tenant_name"),
                Instant.ofEpochMilli(row.getLong("accepted_at")),
                row.getString("matched_rule_id"));
    }
}
