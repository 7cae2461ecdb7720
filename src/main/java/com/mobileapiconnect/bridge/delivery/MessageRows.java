package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.MessageId;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Messages as rows: how they come in and are read. The table's SQL stands in this package and nowhere else. */
public final class MessageRows {

    /** Joins the message of a delivery {@code d} as {@code m}. */
    public static final String JOIN = " join message m on m.seq = d.message_seq ";

    /** Joins the message of a delivery {@code d} as {@code m}, if there is one: an event of the bridge has none. */
    public static final String LEFT_JOIN = " left" + JOIN;

    /** The number of the message whose id is the parameter {@code message}. */
    public static final String SEQ_OF = "(select seq from message where id = :message)";

    /** The columns that {@link #read} needs, of a table or alias {@code m}. */
    static final String COLUMNS = """
            m.seq as m_seq, m.id as m_id, m.tenant_id as m_tenant, m.tenant_name, m.device_id, m.phone_id,
            m.sender, m.recipient, m.text, m.ref, m.sim, m.received_at, m.accepted_at, m.flags,
            m.matched_rule_id, m.region""";

    /** The same without long texts, which {@link LongTexts} reads. */
    static final String COLUMNS_OF_MANY = COLUMNS.replace("m.text", LongTexts.ORDINARY);

    // Captures with the same device and phone id share the first part of their id: see MessageId.
    private static final String SAME_PHONE_ID =
            "select id from message where id >= ? and id < ? and device_id = ? and phone_id = ?";
    private static final String INSERT = """
            insert into message (id, tenant_id, tenant_name, device_id, phone_id, sender, sender_key, recipient,
                recipient_key, text, ref, sim, received_at, accepted_at, flags, matched_rule_id, rule_version,
                as_sent, region, plan)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do nothing
            returning seq""";
    private static final String HELD_AGAINST = """
            select 1 from message
            where tenant_id = ? and rule_version >= ? and rule_version < ? and rule_version is not null limit 1""";
    private static final String NEWEST = "select coalesce(max(seq), 0) from message";
    private static final String EXISTS = "select 1 from message where id = ?";
    private static final String IS_THERE = "select 1 from message where seq = ?";
    private static final String FLAG = "update message set flags = flags | ? where seq = ? and (flags & ?) = 0";
    private static final String AFTER_ANY = "~";

    private MessageRows() {}

    /**
     * The judgement of the tenant's rules about a message.
     *
     * @param ruleVersion version of the rules; 0 if there were none
     */
    public record Judgement(@Nullable String matchedRuleId, long ruleVersion) {

        static final Judgement NONE = new Judgement(null, 0);
    }

    /** Stores a message without a plan. */
    public static @Nullable StoredMessage insert(
            Transaction tx, InboundMessage message, Judgement judgement, String tenantName, Instant now)
            throws SQLException {
        return insert(tx, message, judgement, tenantName, now, null);
    }

    /**
     * Stores a message; returns null for a repeat, which is stored already.
     *
     * @param plan of {@link Deliveries#plan}
     */
    public static @Nullable StoredMessage insert(
            Transaction tx,
            InboundMessage message,
            Judgement judgement,
            String tenantName,
            Instant now,
            @Nullable String plan)
            throws SQLException {
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
        insert.setString(16, judgement.matchedRuleId());
        Columns.set(insert, 17, judgement.ruleVersion() == 0 ? null : judgement.ruleVersion());
        insert.setString(18, message.asSent() == null ? null : message.asSent().json());
        insert.setString(19, message.region());
        insert.setString(20, plan);
        try (ResultSet row = insert.executeQuery()) {
            return row.next()
                    ? new StoredMessage(row.getLong(1), flagged, tenantName, now, judgement.matchedRuleId())
                    : null;
        }
    }

    /** Stores a message that stands for a request which was not understood, and returns its number. */
    public static long insertUnparsed(Transaction tx, InboundMessage message, String tenantName, Instant now)
            throws SQLException {
        StoredMessage stored = insert(tx, message, Judgement.NONE, tenantName, now);
        if (stored == null) {
            throw new IllegalStateException("Message " + message.id() + " has a random id and is there already");
        }
        tx.reached("message", stored.seq());
        return stored.seq();
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
        insert.setString(7, PhoneNumber.key(message.foundBy()));
        String to = message.to();
        insert.setString(8, to);
        insert.setString(9, to == null ? null : PhoneNumber.key(to));
        insert.setString(10, message.text());
        insert.setString(11, message.ref());
        Columns.set(insert, 12, message.sim());
        insert.setLong(13, message.receivedAt().toEpochMilli());
        insert.setLong(14, now.toEpochMilli());
        insert.setInt(15, message.flags().bits());
    }

    /** Returns whether any message was judged by a version of the rules from the first one to before the last one. */
    public static boolean heldAgainst(JdbcClient sql, String tenantId, long firstVersion, long lastVersion) {
        return sql.sql(HELD_AGAINST)
                .params(tenantId, firstVersion, lastVersion)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Returns the number of the message that was accepted last; 0 when there is none. */
    public static long newest(JdbcClient sql) {
        return sql.sql(NEWEST).query(Long.class).single();
    }

    /** Returns whether the message is in the store. */
    public static boolean exists(Transaction tx, String id) throws SQLException {
        PreparedStatement query = tx.prepared(EXISTS);
        query.setString(1, id);
        try (ResultSet row = query.executeQuery()) {
            return row.next();
        }
    }

    /** Returns whether the message of this number is in the store, where an erased one must not leave anything. */
    public static boolean isThere(Transaction tx, long seq) throws SQLException {
        PreparedStatement query = tx.prepared(IS_THERE);
        query.setLong(1, seq);
        try (ResultSet row = query.executeQuery()) {
            return row.next();
        }
    }

    /** Flags a stored message; returns false if it has that flag already. */
    public static boolean flag(Transaction tx, long seq, Flags.Flag flag) {
        int bit = Flags.NONE.with(flag).bits();
        return tx.sql().sql(FLAG).params(bit, seq, bit).update() == 1;
    }

    static StoredMessage read(ResultSet row) throws SQLException {
        InboundMessage message = new InboundMessage(
                row.getString("m_id"),
                row.getString("m_tenant"),
                row.getString("device_id"),
                row.getString("phone_id"),
                row.getString("sender"),
                row.getString("recipient"),
                Objects.requireNonNullElse(row.getString("text"), ""), // null: see COLUMNS_OF_MANY
                row.getString("ref"),
                Columns.integer(row, "sim"),
                Columns.time(row, "received_at"),
                new Flags(row.getInt("flags")),
                null,
                row.getString("region"));
        return new StoredMessage(
                row.getLong("m_seq"),
                message,
                row.getString("tenant_name"),
                Columns.time(row, "accepted_at"),
                row.getString("matched_rule_id"));
    }
}
