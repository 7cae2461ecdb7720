package com.mobileapiconnect.bridge.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The sessions of the writer on PostgreSQL, one after another. Each holds an advisory lock: a bridge without the lock
 * cannot write, and a bridge whose session ends loses both at once. A bridge that gets the lock back and finds that
 * another one has written meanwhile never writes again, because its memory is out of date.
 */
final class WriterSessions {

    // "off" would acknowledge data that a crash of the server loses; the operator's other choices are kept.
    private static final String DURABLE = """
            select set_config('synchronous_commit',
                case when current_setting('synchronous_commit') = 'off' then 'on'
                     else current_setting('synchronous_commit') end, false)""";
    // The server ends the session of a bridge whose machine has vanished, and frees its lock, within half a minute.
    private static final List<String> NOTICE_A_VANISHED_BRIDGE =
            List.of("set tcp_keepalives_idle = 10", "set tcp_keepalives_interval = 5", "set tcp_keepalives_count = 4");
    private static final String NOTES = """
            select 1 from pg_tables where schemaname = current_schema() and tablename = 'meta'""";
    // A standby says nothing: it may only be late.
    private static final String HIGHEST = """
            select greatest((select max(seq) from %s), (select value::bigint from meta where name = ?), 0)
            where not pg_is_in_recovery()""";

    private final Dialect dialect;
    private final DataSource source;
    private final int answerMillis;
    private final @Nullable BeforeStandby standby;
    private final WriterLock lock = new WriterLock();
    private final Map<String, Long> reached = new TreeMap<>(); // of the writer's thread
    private volatile @Nullable String lost;

    /**
     * @param answerMillis time for an answer of the server, once this bridge has written
     * @param standby      null for a bridge that is refused while another one runs
     */
    WriterSessions(Dialect dialect, DataSource source, int answerMillis, @Nullable BeforeStandby standby) {
        this.dialect = dialect;
        this.source = source;
        this.answerMillis = answerMillis;
        this.standby = standby;
    }

    /** Returns a session that has the lock. */
    Connection open() throws SQLException {
        String gone = lost;
        if (gone != null) {
            throw new StoreLostException(gone);
        }
        return lock.isClaimed() ? openAgain() : openFirst();
    }

    /** Notes that this bridge writes from now on. */
    void claim(Connection writer) throws SQLException {
        lock.claim(writer);
        writer.setNetworkTimeout(Runnable::run, answerMillis);
    }

    void reached(String table, long seq) {
        reached.merge(table, seq, Math::max);
    }

    @Nullable String lost() {
        return lost;
    }

    private Connection openFirst() throws SQLException {
        Connection connection = connect();
        try {
            if (lock.isTaken(connection)) {
                refuseUnlessItStandsBy(connection);
                connection.close();
                connection = new Standby(lock, this::connectWithDeadline, dialect.describe()).await();
            }
            connection.setNetworkTimeout(Runnable::run, 0); // migrations may run long
            return ready(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private Connection openAgain() throws SQLException {
        Connection connection = connectWithDeadline();
        try {
            if (lock.isTaken(connection)) {
                refuseIfAnotherWrote(connection);
                throw new StoreUnavailableException(
                        "Another bridge is running on " + dialect.describe()
                                + ", or the server has not ended an earlier session"
                                + " of this one yet. It writes as soon as it has the lock again.",
                        null);
            }
            refuseIfAnotherWrote(connection);
            refuseAnEarlierState(connection);
            return ready(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = source.getConnection();
        connection.setAutoCommit(true);
        return connection;
    }

    private Connection connectWithDeadline() throws SQLException {
        Connection connection = connect();
        connection.setNetworkTimeout(Runnable::run, answerMillis);
        return connection;
    }

    private static Connection ready(Connection connection) throws SQLException {
        execute(connection, DURABLE);
        for (String setting : NOTICE_A_VANISHED_BRIDGE) {
            execute(connection, setting);
        }
        connection.setAutoCommit(false);
        return connection;
    }

    private void refuseUnlessItStandsBy(Connection connection) {
        if (standby == null) {
            throw new StoreUnavailableException(
                    "Another bridge is running on " + dialect.describe()
                            + ". Stop the other, give this one a database of its own"
                            + " with BRIDGE_DATABASE_URL, or let it wait for the other's end with"
                            + " BRIDGE_DATABASE_STANDBY=true.",
                    null);
        }
        if (!Migrations.areDone(dialect, connection)) {
            Migrations.refuseWhatANewerVersionHasUsed(dialect, connection);
        }
        JdbcClient database = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        if (!database.sql(NOTES).query().listOfRows().isEmpty()) { // or the other one makes its first tables just now
            standby.check(database);
        }
    }

    private void refuseIfAnotherWrote(Connection connection) throws SQLException {
        if (!lock.isOvertaken(connection)) {
            return;
        }
        String what = "Another bridge has taken over " + dialect.describe() + " meanwhile. This one writes no more;";
        if (standby != null) {
            lost = what + " started again, it stands by.";
            throw new StoreLostException(lost);
        }
        throw new StoreUnavailableException(what + " stop it, or restart it when the other has ended.", null);
    }

    /** Memory goes by what was committed: a server that has less must be read anew, which a start does. */
    private void refuseAnEarlierState(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, Long> table : reached.entrySet()) {
            long had = table.getValue();
            long has = highest(connection, table.getKey(), had);
            if (has < had) {
                missing.add("rows " + (has + 1) + " to " + had + " of " + table.getKey() + " (" + (had - has) + ")");
            }
        }
        if (!missing.isEmpty()) {
            lost = dialect.describe() + " came back in an earlier state, without what was acknowledged since. Missing: "
                    + String.join("; ", missing) + ". The next start goes on with what is there.";
            throw new StoreLostException(lost);
        }
    }

    private static long highest(Connection connection, String table, long unknown) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(HIGHEST.formatted(table))) {
            query.setString(1, LossCheck.KEPT + table);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : unknown;
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
