package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.MessageId;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Messages as rows. */
final class Messages {

    // Captures with the same device and phone id share the first part of their id: see MessageId.
    private static final String SAME_PHONE_ID =
            "select id from message where id >= ? and id < ? and device_id = ? and phone_id = ?";
    private static final String INSERT = """
            insert into message (id, tenant_id, tenant_name, device_id, phone_id, sender, sender_key, recipient,
                recipient_key, text, ref, sim, received_at, accepted_at, flags, matched_rule_id, rule_version)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do nothing
            returning seq""";
    private static final String AFTER_ANY = "~";

    private Messages() {}

    /** Null when it is there already: a repeat. */
    static @Nullable StoredMessage insert(Transaction tx, Evaluated evaluated, String tenantName, Instant now)
            throws SQLException {
        InboundMessage message = evaluated.message();
        InboundMessage flagged = message;
        if (message.phoneId() != null) {
            PhoneIdUse use = usesOf(tx, message, message.phoneId());
            if (use == PhoneIdUse.SAME) {
                return null;
            }
            if (use == PhoneIdUse.ANOTHER) {
                flagged = message.withFlag(Flags.Flag.ID_REUSED);
            }
        }
        PreparedStatement insert = tx.prepared(INSERT);
        fill(insert, flagged, tenantName, now);
        Decision decision = evaluated.decision();
        fill(insert, decision);
        try (ResultSet row = insert.executeQuery()) {
            return row.next()
                    ? new StoredMessage(row.getLong(1), flagged, tenantName, now, decision.matchedRuleId())
                    : null;
        }
    }

    private enum PhoneIdUse {
        NONE,
        SAME,
        ANOTHER
    }

    private static PhoneIdUse usesOf(Transaction tx, InboundMessage message, String phoneId) throws SQLException {
        String shared = MessageId.sharedPart(message.id());
        PreparedStatement query = tx.prepared(SAME_PHONE_ID);
        query.setString(1, shared);
        query.setString(2, shared + AFTER_ANY);
        query.setString(3, message.deviceId());
        query.setString(4, phoneId);
        PhoneIdUse use = PhoneIdUse.NONE;
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                if (row.getString(1).equals(message.id())) {
                    return PhoneIdUse.SAME;
                }
                use = PhoneIdUse.ANOTHER;
            }
        }
        return use;
    }

    private static void fill(PreparedStatement insert, InboundMessage message, String tenantName, Instant now)
            throws SQLException {
        insert.setString(1, message.id());
        insert.setString(2, message.tenantId());
        insert.setString(3, tenantName);
        insert.setString(4, message.deviceId());
        insert.setString(5, message.phoneId());
        insert.setString(6, message.from());
        insert.setString(7, PhoneNumber.key(message.from()));
        String to = message.to();
        insert.setString(8, to);
        insert.setString(9, to == null ? null : PhoneNumber.key(to));
        insert.setString(10, message.text());
        insert.setString(11, message.ref());
        Integer sim = message.sim();
        if (sim == null) {
            insert.setNull(12, Types.INTEGER);
        } else {
            insert.setInt(12, sim);
        }
        insert.setLong(13, message.receivedAt().toEpochMilli());
        insert.setLong(14, now.toEpochMilli());
        insert.setInt(15, message.flags().bits());
    }

    private static void fill(PreparedStatement insert, Decision decision) throws SQLException {
        insert.setString(16, decision.matchedRuleId());
        if (decision.version() == 0) {
            insert.setNull(17, Types.BIGINT);
        } else {
            insert.setLong(17, decision.version());
        }
    }
}
