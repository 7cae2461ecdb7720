package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Ends SMS that nobody sent in time or reported on, a few in each unit of the writer. */
@Component
class Overdue {

    private static final int AT_ONCE = 100;
    // An SMS that is leased to a phone at present is left alone.
    private static final String TOO_LATE = Outgoing.Status.sql(
            " status < {SENT} and expires_at <= :now and expires_at > 0 and (status = {QUEUED} or due_at <= :now) ");
    private static final String NEVER_REPORTED =
            Outgoing.Status.sql(" status < {SENT} and due_at <= :now and status = {LEASED} and leases >= :leases ");
    /** The SMS of a deleted device that were too many for the unit that deleted it. */
    private static final String ORPHANED = Outgoing.Status.sql(" status < {SENT} and expires_at = 0 ");

    private static final String ANY = "select 1 from outgoing where" + ORPHANED
            + "union all select 1 from outgoing where" + TOO_LATE
            + "union all select 1 from outgoing where" + NEVER_REPORTED + "limit 1";
    private static final String DISCARD = Outgoing.Status.sql("update outgoing set status = {FAILED},"
            + " updated_at = :now, error = 'deleted' where id in (select id from outgoing where device_id = :device"
            + " and status < {SENT} limit :limit) and status < {SENT} returning " + Outgoing.COLUMNS);
    private static final String ORPHAN = Outgoing.Status.sql(
            "update outgoing set expires_at = 0, due_at = 0 where device_id = :device and" + " status < {SENT}");
    private static final String FAIL_ORPHANS = Outgoing.Status.sql("update outgoing set status = {FAILED},"
            + " updated_at = :now, error = 'deleted' where id in (select id from outgoing where"
            + ORPHANED + "limit :limit) and" + ORPHANED + "returning " + Outgoing.COLUMNS);
    private static final String EXPIRE = Outgoing.Status.sql("update outgoing set status = {EXPIRED},"
            + " updated_at = :now, error = coalesce(error, :error) where id in (select id from outgoing where"
            + TOO_LATE + "limit :limit) and" + TOO_LATE + "returning " + Outgoing.COLUMNS);
    private static final String FAIL = Outgoing.Status.sql("update outgoing set status = {FAILED},"
            + " updated_at = :now, error = :error where id in (select id from outgoing where"
            + NEVER_REPORTED + "limit :limit) and" + NEVER_REPORTED + "returning " + Outgoing.COLUMNS);

    private final Store store;
    private final StatusUrls statusUrls;
    private final ReplySettings settings;

    Overdue(Store store, StatusUrls statusUrls, ReplySettings settings) {
        this.store = store;
        this.statusUrls = statusUrls;
        this.settings = settings;
    }

    void end(Instant now) {
        while (store.readKnowing(sql -> any(sql, now))) {
            store.writeNow(tx -> end(tx, now));
        }
    }

    private boolean any(JdbcClient sql, Instant now) {
        return sql.sql(ANY)
                .param("now", now.toEpochMilli())
                .param("leases", settings.mostLeases())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Ends the SMS of a device that is being deleted: some in this unit, and what is left by steps of their own. */
    void discard(Transaction tx, String deviceId, Instant now) {
        List<Outgoing> failed = tx.sql()
                .sql(DISCARD)
                .param("now", now.toEpochMilli())
                .param("device", deviceId)
                .param("limit", AT_ONCE)
                .query((row, n) -> Outgoing.read(row))
                .list();
        tellAll(tx, failed, now);
        if (failed.size() == AT_ONCE) {
            tx.sql().sql(ORPHAN).param("device", deviceId).update();
        }
    }

    private void tellAll(Transaction tx, List<Outgoing> ended, Instant now) {
        try {
            for (Outgoing sms : ended) {
                statusUrls.tell(tx, sms, now);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The events about SMS that have ended cannot be written", e);
        }
    }

    /** Ends some of one kind, and returns how many: to find none of a kind may mean to look at all that wait. */
    int end(Transaction tx, Instant now) {
        List<Outgoing> ended = orphans(tx, now);
        ended = ended.isEmpty() ? tooLate(tx, now) : ended;
        ended = ended.isEmpty() ? neverReported(tx, now) : ended;
        tellAll(tx, ended, now);
        return ended.size();
    }

    private static List<Outgoing> orphans(Transaction tx, Instant now) {
        return tx.sql()
                .sql(FAIL_ORPHANS)
                .param("now", now.toEpochMilli())
                .param("limit", AT_ONCE)
                .query((row, n) -> Outgoing.read(row))
                .list();
    }

    private static List<Outgoing> tooLate(Transaction tx, Instant now) {
        return tx.sql()
                .sql(EXPIRE)
                .param("now", now.toEpochMilli())
                .param("limit", AT_ONCE)
                .param("error", "No phone sent the SMS while it was worth sending")
                .query((row, n) -> Outgoing.read(row))
                .list();
    }

    private List<Outgoing> neverReported(Transaction tx, Instant now) {
        return tx.sql()
                .sql(FAIL)
                .param("now", now.toEpochMilli())
                .param("limit", AT_ONCE)
                .param("leases", settings.mostLeases())
                .param(
                        "error",
                        "The phone or gateway had it " + settings.mostLeases() + " times " + Outgoing.NEVER_REPORTED)
                .query((row, n) -> Outgoing.read(row))
                .list();
    }
}
