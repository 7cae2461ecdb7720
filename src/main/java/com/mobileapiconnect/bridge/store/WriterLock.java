package com.mobileapiconnect.bridge.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The advisory lock that one bridge at a time holds on a PostgreSQL database, and the note in it of who wrote last. The
 * lock belongs to a session and is lost with it, so nobody writes without it.
 */
final class WriterLock {

    // A bridge that was killed a moment ago may hold the lock until the server notices.
    private static final String WAIT_A_MOMENT = "set lock_timeout = '3s'";
    private static final String KEY = "(1701998626, coalesce(hashtext(current_schema()), 0))";
    private static final String TAKE = "select pg_advisory_lock" + KEY;
    private static final String TRY = "select pg_try_advisory_lock" + KEY;
    private static final String WAIT_AS_USUAL = "set lock_timeout = default";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String CLAIM = """
            insert into meta (name, value) values ('writer', ?)
            on conflict (name) do update set value = excluded.value""";
    private static final String CLAIMED_BY = "select value from meta where name = 'writer'";

    private final String self = UUID.randomUUID().toString();
    private volatile boolean claimed;

    /** Takes the lock, or returns true: another session has it, and for longer than one that has just ended would. */
    boolean isTaken(Connection connection) throws SQLException {
        execute(connection, WAIT_A_MOMENT);
        boolean taken = false;
        try {
            execute(connection, TAKE);
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            taken = true;
        }
        execute(connection, WAIT_AS_USUAL);
        return taken;
    }

    /** Takes the lock if it is free now. */
    boolean tryTake(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TRY)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Notes that this bridge writes from now on. */
    void claim(Connection connection) throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            claim.setString(1, self);
            claim.executeUpdate();
        }
        claimed = true;
    }

    /** Returns whether this bridge has ever written. */
    boolean isClaimed() {
        return claimed;
    }

    /** Returns whether another bridge has written since this one has. */
    boolean isOvertaken(Connection connection) throws SQLException {
        return claimed && !self.equals(claimedBy(connection));
    }

    private static @Nullable String claimedBy(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(CLAIMED_BY)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
