package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Set;

/**
 * The log of attempts as rows. The first attempt stands in the row of its delivery, because most deliveries have no other:
 * so one row is written where two were. Deliveries of earlier versions have their first attempt among the others.
 */
public final class AttemptRows {

    /** All attempts, as a table {@code a}. */
    public static final String ALL = """
             (select id as delivery_id, 1 as n, first_at as at, first_ms as duration_ms, first_success as success,
                first_class as error_class, first_status as http_status, first_error as error,
                first_body as response_body, first_step_error as step_error, first_location as location
              from delivery where first_at is not null
              union all
              select delivery_id, n, at, duration_ms, success, error_class, http_status, error, response_body,
                step_error, location
              from attempt) a\s""";

    /** Sets the first attempt; filled by {@link #fill}. */
    static final String FIRST = """
            first_at = ?, first_ms = ?, first_success = ?, first_class = ?, first_status = ?, first_error = ?,
                first_body = ?, first_step_error = ?, first_location = ?""";

    /** The places of those that are numbers. */
    private static final Set<Integer> NUMBERS = Set.of(0, 1, 2, 4);

    /** Number of parameters that {@link #fill} sets. */
    static final int WIDTH = 9;

    // What is there already stays.
    private static final String KEEP_FIRST = "update delivery set " + FIRST + " where id = ? and first_at is null";
    private static final String LOG = """
            insert into attempt (at, duration_ms, success, error_class, http_status, error, response_body, step_error,
                location, delivery_id, n)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (delivery_id, n) do nothing""";

    private AttemptRows() {}

    /** Returns whether the attempt is kept in the row of its delivery. */
    static boolean isFirst(Ended ended) {
        return ended.called() && ended.attempt().number() == 1;
    }

    /** Fills the parameters from the first one on, in the order in which {@link #FIRST} has them. */
    static void fill(PreparedStatement statement, int first, Ended ended) throws SQLException {
        Outcome.Evidence evidence = ended.outcome().evidence();
        Outcome.ErrorClass errorClass = evidence == null ? null : evidence.errorClass();
        statement.setLong(first, ended.attempt().at().toEpochMilli());
        statement.setLong(first + 1, ended.durationMs());
        statement.setInt(first + 2, ended.success() ? 1 : 0);
        statement.setString(first + 3, errorClass == null ? null : errorClass.wireName());
        Columns.set(statement, first + 4, evidence == null ? null : evidence.httpStatus());
        statement.setString(first + 5, evidence == null ? null : evidence.error());
        statement.setString(first + 6, evidence == null ? null : evidence.body());
        statement.setString(first + 7, ended.attempt().stepError());
        statement.setString(first + 8, evidence == null ? null : evidence.location());
    }

    /** Fills the parameters with the first attempt, or with nothing if there was no call. */
    static void fillFirst(PreparedStatement statement, int first, Ended ended) throws SQLException {
        if (isFirst(ended)) {
            fill(statement, first, ended);
            return;
        }
        for (int i = 0; i < WIDTH; i++) {
            statement.setNull(first + i, NUMBERS.contains(i) ? Types.BIGINT : Types.VARCHAR);
        }
    }

    /** Keeps the first attempt of a delivery that was ended meanwhile by something else; nothing of an erased one. */
    static void keepFirst(Transaction tx, Ended ended) throws SQLException {
        PreparedStatement keep = tx.prepared(KEEP_FIRST);
        fill(keep, 1, ended);
        keep.setString(WIDTH + 1, ended.deliveryId());
        keep.executeUpdate();
    }

    /** Adds a later attempt to the log's next batch, which {@link #write} writes. */
    static void add(Transaction tx, Ended ended) throws SQLException {
        PreparedStatement log = tx.prepared(LOG);
        fill(log, 1, ended);
        log.setString(WIDTH + 1, ended.deliveryId());
        log.setInt(WIDTH + 2, ended.attempt().number());
        log.addBatch();
    }

    static void write(Transaction tx) throws SQLException {
        tx.prepared(LOG).executeBatch();
    }
}
