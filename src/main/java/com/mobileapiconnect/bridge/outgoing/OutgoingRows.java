package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Metadata;
import com.mobileapiconnect.bridge.message.PhoneNumber;
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

    /** So often an SMS to one number is pushed before those to many, if the gateway does not take it. */
    private static final int PUSHES_BEFORE_MANY = 3;

    private static final String INSERT = Outgoing.Status.sql("""
            insert into outgoing (id, tenant_id, device_id, delivery_id, granted_from, idempotency_key, request_hash,
                recipient, recipient_key, text, ref, ref_until, sim, turn, send_at, held, metadata, status_url, status, leases,
                pushes, due_at, expires_at, created_at, updated_at, region)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, {QUEUED}, 0, 0, ?, ?, ?, ?, ?)
            on conflict do nothing""");
    private static final String DUE =
            Outgoing.Status.sql(" held = 0 and status < {SENT} and due_at <= :now and expires_at > :now ");
    private static final String TAKEABLE = " device_id = :device and" + DUE;
    private static final String FIRST_TURN =
            "select turn from outgoing where" + TAKEABLE + "and leases < :leases order by turn limit 1";
    // The conditions are repeated: the inner ones select, the outer ones detect that another node was quicker. The
    // device is not: for its sake SQLite would go through all SMS that the device has.
    static final String LEASE =
            Outgoing.Status.sql("update outgoing set status = {LEASED}, leases = leases + 1, due_at = :until,"
                    + " updated_at = :now where id in (select id from outgoing where" + TAKEABLE
                    + "and leases < :leases and turn <= :last order by turn, id limit :limit) and" + DUE
                    + "returning turn, "
                    + Outgoing.COLUMNS);
    private static final String TAKE_FOR_PUSH =
            Outgoing.Status.sql("update outgoing set status = {LEASED}, pushes = pushes + 1, due_at = :until,"
                    + " updated_at = :now, error = null where id in (select id from outgoing where" + TAKEABLE
                    + "and leases < :leases and turn <= :last and %s order by turn, id limit 1) and" + DUE
                    + "returning " + Outgoing.COLUMNS);
    // What was tried before comes after all else of its kind, and after a few times after SMS to many too: an SMS
    // that a gateway never takes holds up no other.
    static final List<String> FOR_PUSH = List.of(
            TAKE_FOR_PUSH.formatted("turn < " + Terms.Turn.MANY.ordinal() + " and pushes = 0"),
            TAKE_FOR_PUSH.formatted("turn < " + Terms.Turn.MANY.ordinal() + " and pushes < " + PUSHES_BEFORE_MANY),
            TAKE_FOR_PUSH.formatted("pushes = 0"),
            TAKE_FOR_PUSH.formatted("pushes > 0"));
    private static final String GIVE_BACK = Outgoing.Status.sql("""
            update outgoing set status = {QUEUED}, leases = leases - 1, due_at = created_at
            where id = ? and status = {LEASED} and updated_at = ?""");
    private static final String POSTPONE = Outgoing.Status.sql("""
            update outgoing set status = {QUEUED}, due_at = ?, error = ?, updated_at = ?
            where id = ? and status < {SENT}""");
    private static final String UNANSWERED = Outgoing.Status.sql("""
            update outgoing set leases = leases + 1, due_at = ?, error = ?, updated_at = ?
            where id = ? and status < {SENT}""");
    private static final String PUT_BACK = Outgoing.Status.sql("""
            update outgoing set status = {QUEUED}, pushes = pushes - 1, due_at = ?, error = ?, updated_at = ?
            where id = ? and status < {SENT}""");
    private static final String CANCEL = Outgoing.Status.sql("""
            update outgoing set status = {CANCELLED}, updated_at = ?
            where tenant_id = ? and id = ? and status = {QUEUED}""");
    private static final String DUE_HELD =
            Outgoing.Status.sql("select 1 from outgoing where held = 1 and status < {SENT} and due_at <= ? limit 1");
    private static final String RELEASE = Outgoing.Status.sql("""
            update outgoing set held = 0 where id in (
                select id from outgoing where held = 1 and status < {SENT} and due_at <= ? order by due_at limit ?)""");
    // Each waits as long as when it was written: all that time is ahead of a clock that was set back to before.
    private static final String SET_BACK = Outgoing.Status.sql("""
            update outgoing set due_at = due_at - (updated_at - :now), updated_at = :now
            where held = 0 and status < {SENT} and due_at > :now and updated_at > :now""");
    private static final String SETTLE = Outgoing.Status.sql("""
            update outgoing set status = :status, error = :error, updated_at = :now,
                ref_until = case when status < {SENT} and :status in ({SENT}, {DELIVERED}) and ref is not null
                    then :refUntil else ref_until end
            where id = :id""");
    private static final String OF_TENANT =
            "select " + Outgoing.COLUMNS + " from outgoing where tenant_id = :tenant and id = :id";
    private static final String OF_DEVICE =
            "select " + Outgoing.COLUMNS + " from outgoing where device_id = :device and id = :id";
    private static final String OF_APP = "select id from outgoing where device_id = ? and app_id = ? limit 1";
    // One that its gateway did not answer to has an error, and is not being pushed any more.
    private static final String BEING_PUSHED = Outgoing.Status.sql("""
            select 1 from outgoing
            where device_id = ? and status = {LEASED} and pushes > 0 and error is null limit 1""");
    private static final String KNOWN = "update outgoing set app_id = ? where id = ?";
    private static final String OF_KEY =
            "select id, request_hash from outgoing where tenant_id = ? and idempotency_key = ?";
    private static final String OF_MANY = """
            select id, request_hash from outgoing
            where tenant_id = ? and idempotency_key > ? and idempotency_key < ? limit 1""";
    private static final String EXISTS = "select 1 from outgoing where id = ?";
    private static final String AUTOMATIC_SINCE = """
            select count(*) from outgoing
            where tenant_id = ? and created_at > ? and request_hash is null and recipient_key\s""" + Customer.IN;

    private OutgoingRows() {}

    /** Returns false if the row exists already. */
    static boolean insert(Transaction tx, OutgoingDraft draft, OutgoingTimes times) throws SQLException {
        PreparedStatement insert = tx.prepared(INSERT);
        insert.setString(1, draft.id());
        insert.setString(2, draft.tenantId());
        insert.setString(3, draft.deviceId());
        OutgoingDraft.Origin.Reply reply = draft.origin() instanceof OutgoingDraft.Origin.Reply of ? of : null;
        OutgoingDraft.Origin.Tenant tenant = draft.origin() instanceof OutgoingDraft.Origin.Tenant of ? of : null;
        insert.setString(4, reply == null ? null : reply.deliveryId());
        insert.setInt(5, reply == null ? 0 : reply.grantedFrom());
        insert.setString(6, tenant == null ? null : tenant.idempotencyKey());
        insert.setString(7, tenant == null ? null : tenant.requestHash());
        insert.setString(8, draft.to());
        insert.setString(9, PhoneNumber.key(draft.to()));
        insert.setString(10, draft.text());
        insert.setString(11, draft.ref());
        Columns.set(insert, 12, draft.ref() == null ? null : times.refUntil());
        Columns.set(insert, 13, draft.sim());
        insert.setInt(14, draft.terms().turn().ordinal());
        Columns.set(insert, 15, draft.terms().sendAt());
        insert.setInt(16, times.held() ? 1 : 0);
        insert.setString(17, Metadata.column(draft.terms().metadata()));
        insert.setString(18, draft.terms().statusUrl());
        insert.setLong(19, times.due().toEpochMilli());
        insert.setLong(20, times.expires().toEpochMilli());
        insert.setLong(21, times.now().toEpochMilli());
        insert.setLong(22, times.now().toEpochMilli());
        insert.setString(23, draft.region());
        return insert.executeUpdate() == 1;
    }

    /** Returns whose turn it is at the phone; empty if there is nothing to send now. */
    static Optional<Terms.Turn> firstTurn(JdbcClient sql, String deviceId, int mostLeases, Instant now) {
        return sql.sql(FIRST_TURN)
                .param("device", deviceId)
                .param("now", now.toEpochMilli())
                .param("leases", mostLeases)
                .query(Integer.class)
                .optional()
                .map(turn -> Terms.Turn.values()[turn]);
    }

    /** Hands out up to so many to the phone: by turn, then oldest first. */
    static List<Outgoing> lease(Transaction tx, String deviceId, Portion portion, int mostLeases, Lease lease) {
        return tx
                .sql()
                .sql(LEASE)
                .param("device", deviceId)
                .param("now", lease.now().toEpochMilli())
                .param("until", lease.until().toEpochMilli())
                .param("leases", mostLeases)
                .param("last", portion.last().ordinal())
                .param("limit", portion.limit())
                .query((row, n) -> new Leased(row.getInt("turn"), Outgoing.read(row)))
                .list()
                .stream()
                .sorted(Comparator.comparingInt(Leased::turn)
                        .thenComparing(leased -> leased.sms().id()))
                .map(Leased::sms)
                .toList();
    }

    /** The time at which SMS are taken, and the time until which no other caller gets them. */
    record Lease(Instant now, Instant until) {}

    /** The SMS that a phone gets at once: so many, up to a turn. */
    record Portion(Terms.Turn last, int limit) {

        private static final int MOST = 20;
        /** The same of SMS to many: a reply that comes meanwhile waits until the phone has sent what it has. */
        private static final int MOST_OF_MANY = 5;

        /** @param mostly SMS of later turns have to wait */
        static Portion startingWith(Terms.Turn first, Terms.Turn mostly) {
            if (first == Terms.Turn.MANY) {
                return new Portion(first, MOST_OF_MANY);
            }
            return new Portion(mostly == Terms.Turn.REPLY ? mostly : Terms.Turn.ONE, MOST);
        }
    }

    private record Leased(int turn, Outgoing sms) {}

    /**
     * Takes the first due SMS, those first that were tried never or, if they are to one number, seldom; by turn, then the
     * oldest. No other caller gets it before the given time.
     */
    static Optional<Outgoing> takeForPush(
            Transaction tx, String deviceId, Terms.Turn last, int mostLeases, Lease lease) {
        return FOR_PUSH.stream()
                .flatMap(each -> tx
                        .sql()
                        .sql(each)
                        .param("device", deviceId)
                        .param("now", lease.now().toEpochMilli())
                        .param("until", lease.until().toEpochMilli())
                        .param("leases", mostLeases)
                        .param("last", last.ordinal())
                        .query((row, n) -> Outgoing.read(row))
                        .list()
                        .stream())
                .findFirst();
    }

    /**
     * Takes leases back of which the phone was not told because it had gone: as if it had never asked. A lease that ran out
     * meanwhile may be another phone's by now, and stays.
     */
    static void giveBack(Transaction tx, List<Outgoing> leased) {
        leased.forEach(sms -> tx.sql()
                .sql(GIVE_BACK)
                .params(sms.id(), sms.updatedAt().toEpochMilli())
                .update());
    }

    static void postpone(Transaction tx, String id, Instant due, @Nullable String error, Instant now) {
        tx.sql()
                .sql(POSTPONE)
                .params(due.toEpochMilli(), error, now.toEpochMilli(), id)
                .update();
    }

    /** Leaves an SMS with its gateway until then: it counts as given, whether or not it arrived there. */
    static void unanswered(Transaction tx, String id, Instant until, String error, Instant now) {
        tx.sql()
                .sql(UNANSWERED)
                .params(until.toEpochMilli(), error, now.toEpochMilli(), id)
                .update();
    }

    /** Makes an SMS due again that was taken for a push and not pushed. */
    static void putBack(Transaction tx, String id, Instant due, String error, Instant now) {
        tx.sql()
                .sql(PUT_BACK)
                .params(due.toEpochMilli(), error, now.toEpochMilli(), id)
                .update();
    }

    /** Returns whether it was still queued, and is cancelled now. */
    static boolean cancel(Transaction tx, String tenantId, String id, Instant now) {
        return tx.sql().sql(CANCEL).params(now.toEpochMilli(), tenantId, id).update() > 0;
    }

    /** Returns whether SMS are held whose time has come. */
    static boolean anyDueHeld(JdbcClient sql, Instant now) {
        return sql.sql(DUE_HELD)
                .param(now.toEpochMilli())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Lets phones have up to so many SMS whose time has come; returns how many. */
    static int release(Transaction tx, Instant now, int limit) {
        return tx.sql().sql(RELEASE).params(now.toEpochMilli(), limit).update();
    }

    /** Has SMS that were written at a later time than now, by a clock that was set back since, wait no longer for that. */
    static int setBack(Transaction tx, Instant now) {
        return tx.sql().sql(SET_BACK).param("now", now.toEpochMilli()).update();
    }

    static void settle(Transaction tx, String id, Outgoing.Status status, @Nullable String error, OutgoingTimes times) {
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

    /** Returns the id of the SMS that the app or provider knows by this one. */
    static Optional<String> ofApp(JdbcClient sql, String deviceId, String appId) {
        return sql.sql(OF_APP).params(deviceId, appId).query(String.class).optional();
    }

    static boolean anyBeingPushed(JdbcClient sql, String deviceId) {
        return sql.sql(BEING_PUSHED)
                .param(deviceId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    static void known(Transaction tx, String id, String appId) {
        tx.sql().sql(KNOWN).params(appId, id).update();
    }

    record Keyed(String id, String requestHash) {}

    /** Returns the SMS that a request with this idempotency key made. */
    static Optional<Keyed> ofKey(Transaction tx, String tenantId, String key) throws SQLException {
        return keyed(tx.prepared(OF_KEY), tenantId, key);
    }

    /** Returns one of the SMS that a request to many with this idempotency key made. */
    static Optional<Keyed> ofManyWithKey(Transaction tx, String tenantId, String key) throws SQLException {
        PreparedStatement query = tx.prepared(OF_MANY);
        query.setString(3, OutgoingDraft.Origin.Tenant.afterMany(key));
        return keyed(query, tenantId, OutgoingDraft.Origin.Tenant.beforeMany(key));
    }

    private static Optional<Keyed> keyed(PreparedStatement query, String tenantId, String key) throws SQLException {
        query.setString(1, tenantId);
        query.setString(2, key);
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(new Keyed(row.getString(1), row.getString(2))) : Optional.empty();
        }
    }

    static boolean exists(Transaction tx, String id) throws SQLException {
        PreparedStatement query = tx.prepared(EXISTS);
        query.setString(1, id);
        try (ResultSet row = query.executeQuery()) {
            return row.next();
        }
    }

    /** Returns the number of automatic replies that this connection sees. */
    static int automaticSince(JdbcClient sql, Customer customer, Instant since) {
        return sql.sql(AUTOMATIC_SINCE)
                .params(customer.tenantId(), since.toEpochMilli())
                .params(customer.formParams())
                .query(Integer.class)
                .single();
    }
}
