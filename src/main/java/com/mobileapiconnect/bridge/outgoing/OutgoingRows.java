package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Outgoing SMS as rows. */
final class OutgoingRows {

    private static final String INSERT = Outgoing.Status.sql("""
            insert into outgoing (id, tenant_id, device_id, delivery_id, granted_from, idempotency_key, request_hash,
                recipient, recipient_key, text, ref, ref_until, sim, status, leases, pushes, due_at, expires_at,
                created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, {QUEUED}, 0, 0, ?, ?, ?, ?)
            on conflict do nothing""");
    private static final String TAKEABLE =
            Outgoing.Status.sql(" device_id = :device and status < {SENT} and due_at <= :now and expires_at > :now ");
    private static final String ANY_TAKEABLE =
            "select 1 from outgoing where" + TAKEABLE + "and leases < :leases limit 1";
    // The conditions are repeated: the inner ones select, the outer ones detect that another node was quicker.
    private static final String LEASE =
            Outgoing.Status.sql("update outgoing set status = {LEASED}, leases = leases + 1, due_at = :until,"
                    + " updated_at = :now where id in (select id from outgoing where" + TAKEABLE
                    + "and leases < :leases order by id limit :limit) and" + TAKEABLE + "returning "
                    + Outgoing.COLUMNS);
    private static final String TAKE_FOR_PUSH =
            Outgoing.Status.sql("update outgoing set status = {QUEUED}, pushes = pushes + 1, due_at = :until,"
                    + " updated_at = :now where id in (select id from outgoing where" + TAKEABLE
                    + "order by id limit 1) and" + TAKEABLE + "returning " + Outgoing.COLUMNS);
    private static final String GIVE_BACK = Outgoing.Status.sql("""
            update outgoing set status = {QUEUED}, leases = leases - 1, due_at = created_at
            where id = ? and status = {LEASED}""");
    private static final String POSTPONE = Outgoing.Status.sql(
            "update outgoing set due_at = ?, error = ?, updated_at = ? where id = ? and status < {SENT}");
    private static final String PUT_BACK = Outgoing.Status.sql("""
            update outgoing set pushes = pushes - 1, due_at = ?, error = ?, updated_at = ?
            where id = ? and status < {SENT}""");
    private static final String SETTLE = Outgoing.Status.sql("""
            update outgoing set status = :status, error = :error, updated_at = :now,
                ref_until = case when status < {SENT} and :status in ({SENT}, {DELIVERED}) and ref is not null
                    then :refUntil else ref_until end
            where id = :id""");
    private static final String OF_TENANT =
            "select " + Outgoing.COLUMNS + " from outgoing where tenant_id = :tenant and id = :id";
    private static final String OF_DEVICE =
            "select " + Outgoing.COLUMNS + " from outgoing where device_id = :device and id = :id";
    private static final String OF_KEY =
            "select id, request_hash from outgoing where tenant_id = ? and idempotency_key = ?";
    private static final String EXISTS = "select 1 from outgoing where id = ?";
    private static final String AUTOMATIC_SINCE = """
            select count(*) from outgoing
            where tenant_id = ? and recipient_key = ? and created_at > ? and delivery_id is not null""";

    private OutgoingRows() {}

    /** Returns false if the row exists already. */
    static boolean insert(Transaction tx, OutgoingDraft draft, Times times) throws SQLException {
        PreparedStatement insert = tx.prepared(INSERT);
        insert.setString(1, draft.id());
        insert.setString(2, draft.tenantId());
        insert.setString(3, draft.deviceId());
        if (draft.origin() instanceof OutgoingDraft.Origin.Reply reply) {
            insert.setString(4, reply.deliveryId());
            insert.setInt(5, reply.grantedFrom());
            insert.setString(6, null);
            insert.setString(7, null);
        } else if (draft.origin() instanceof OutgoingDraft.Origin.Tenant tenant) {
            insert.setString(4, null);
            insert.setInt(5, 0);
            insert.setString(6, tenant.idempotencyKey());
            insert.setString(7, tenant.requestHash());
        }
        insert.setString(8, draft.to());
        insert.setString(9, draft.numberKey());
        insert.setString(10, draft.text());
        insert.setString(11, draft.ref());
        Columns.set(insert, 12, draft.ref() == null ? null : times.refUntil());
        Columns.set(insert, 13, draft.sim());
        insert.setLong(14, times.now().toEpochMilli());
        insert.setLong(15, times.expires().toEpochMilli());
        insert.setLong(16, times.now().toEpochMilli());
        insert.setLong(17, times.now().toEpochMilli());
        return insert.executeUpdate() == 1;
    }

    /** The times that follow from the moment of queueing. */
    record Times(Instant now, Instant expires, Instant refUntil) {

        static Times at(Instant now, ReplySettings settings) {
            return new Times(now, now.plus(settings.expireAfter()), now.plus(settings.refFor()));
        }
    }

    static boolean anyTakeable(JdbcClient sql, String deviceId, int mostLeases, Instant now) {
        return sql.sql(ANY_TAKEABLE)
                .param("device", deviceId)
                .param("now", now.toEpochMilli())
                .param("leases", mostLeases)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Hands out up to so many to the phone, oldest first. */
    static List<Outgoing> lease(
            Transaction tx, String deviceId, int mostLeases, int limit, Instant now, Instant until) {
        return tx
                .sql()
                .sql(LEASE)
                .param("device", deviceId)
                .param("now", now.toEpochMilli())
                .param("until", until.toEpochMilli())
                .param("leases", mostLeases)
                .param("limit", limit)
                .query((row, n) -> Outgoing.read(row))
                .list()
                .stream()
                .sorted(Comparator.comparing(Outgoing::id))
                .toList();
    }

    /** Takes the oldest due SMS; no other caller gets it before the given time. */
    static Optional<Outgoing> takeForPush(Transaction tx, String deviceId, Instant now, Instant until) {
        return tx.sql()
                .sql(TAKE_FOR_PUSH)
                .param("device", deviceId)
                .param("now", now.toEpochMilli())
                .param("until", until.toEpochMilli())
                .query((row, n) -> Outgoing.read(row))
                .optional();
    }

    /** The phone had gone before it was told: as if it had never asked. */
    static void giveBack(Transaction tx, List<Outgoing> leased) {
        leased.forEach(sms -> tx.sql().sql(GIVE_BACK).param(sms.id()).update());
    }

    static void postpone(Transaction tx, String id, Instant due, @Nullable String error, Instant now) {
        tx.sql()
                .sql(POSTPONE)
                .params(due.toEpochMilli(), error, now.toEpochMilli(), id)
                .update();
    }

    /** Makes an SMS due again that was taken for a push and not pushed. */
    static void putBack(Transaction tx, String id, Instant due, String error, Instant now) {
        tx.sql()
                .sql(PUT_BACK)
                .params(due.toEpochMilli(), error, now.toEpochMilli(), id)
                .update();
    }

    static void settle(Transaction tx, String id, Outgoing.Status status, @Nullable String error, Times times) {
        tx.sql()
                .sql(SETTLE)
                .param("status", status.code())
                .param("error", error)
                .param("now", times.now().toEpochMilli())
                .param("refUntil", times.refUntil().toEpochMilli())
                .param("id", id)
                .update();
    }

    static Optional<Outgoing> ofTenant(JdbcClient sql, String tenantId, String id) {
        return sql.sql(OF_TENANT)
                .param("tenant", tenantId)
                .param("id", id)
                .query((row, n) -> Outgoing.read(row))
                .optional();
    }

    static Optional<Outgoing> ofDevice(Transaction tx, String deviceId, String id) {
        return tx.sql()
                .sql(OF_DEVICE)
                .param("device", deviceId)
                .param("id", id)
                .query((row, n) -> Outgoing.read(row))
                .optional();
    }

    record Keyed(String id, String requestHash) {}

    /** Returns the SMS that a request with this idempotency key made. */
    static Optional<Keyed> ofKey(Transaction tx, String tenantId, String key) {
        return tx.sql()
                .sql(OF_KEY)
                .params(tenantId, key)
                .query((row, n) -> new Keyed(row.getString("id"), row.getString("request_hash")))
                .optional();
    }

    static boolean exists(Transaction tx, String id) throws SQLException {
        PreparedStatement query = tx.prepared(EXISTS);
        query.setString(1, id);
        try (ResultSet row = query.executeQuery()) {
            return row.next();
        }
    }

    static int automaticSince(Transaction tx, String tenantId, String numberKey, Instant since) throws SQLException {
        PreparedStatement query = tx.prepared(AUTOMATIC_SINCE);
        query.setString(1, tenantId);
        query.setString(2, numberKey);
        query.setLong(3, since.toEpochMilli());
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
