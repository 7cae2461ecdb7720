package com.mobileapiconnect.bridge.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * PostgreSQL, for one bridge at a time. The writer's own session holds an advisory lock: a bridge without the lock
 * cannot write, and a bridge whose session ends loses both at once. A bridge that gets the lock back and finds that
 * another one has written meanwhile never writes again, because its memory is out of date.
 */
public final class PostgresDialect implements Dialect {

    private static final String IDENTITY = """
            select extract(epoch from pg_postmaster_start_time())::text || ' ' || current_database()""";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresDialect.class);
    private static final int LONGEST_CONNECT_SECONDS = 5;
    private static final int QUERY_SECONDS = 60;
    private static final String TAKES_NO_WRITES = "25006";
    // "off" would acknowledge data that a crash of the server loses; the operator's other choices are kept.
    private static final String DURABLE = """
            select set_config('synchronous_commit',
                case when current_setting('synchronous_commit') = 'off' then 'on'
                     else current_setting('synchronous_commit') end, false)""";
    // The server ends the session of a bridge whose machine has vanished, and frees its lock, within half a minute.
    private static final List<String> NOTICE_A_VANISHED_BRIDGE =
            List.of("set tcp_keepalives_idle = 10", "set tcp_keepalives_interval = 5", "set tcp_keepalives_count = 4");
    private static final String SETTING = "select current_setting(?)";
    private static final String WITH_RESTS = "set vacuum_cost_delay = 1";
    private static final String NOTES = """
            select 1 from pg_tables where schemaname = current_schema() and tablename = 'meta'""";
    private static final String TABLES = """
            select quote_ident(relname) from pg_class
            where relkind = 'r' and relnamespace = current_schema()::regnamespace order by relname""";

    // A standby says nothing: it may only be late.
    private static final String HIGHEST = """
            select greatest((select max(seq) from %s), (select value::bigint from meta where name = ?), 0)
            where not pg_is_in_recovery()""";

    private final PostgresUrl url;
    private final Login login;
    private final int answerMillis;
    private final int connectSeconds;
    private final @Nullable BeforeStandby standby;
    private final WriterLock lock = new WriterLock();
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final Map<String, Long> reached = new TreeMap<>(); // of the writer's thread
    private volatile @Nullable String lost;

    /**
     * A user and password that override those of the URL.
     *
     * @param user     blank for the URL's
     * @param password empty for the URL's
     */
    public record Login(String user, String password) {

        @Override
        public String toString() {
            return "Login[…]";
        }
    }

    /**
     * Throws {@link IllegalArgumentException} for an invalid URL; the message does not quote it.
     *
     * @param answerWithin longer than any commit on a working disk; then the writer's connection is given up
     * @param standby      for a bridge that waits for the end of another one that it finds running: what it asks of the
     *                     database before; null for a bridge that is refused then
     */
    public PostgresDialect(String url, Login login, Duration answerWithin, @Nullable BeforeStandby standby) {
        this.url = PostgresUrl.parse(url);
        this.login = login;
        this.answerMillis = (int) Math.min(Integer.MAX_VALUE, answerWithin.toMillis());
        this.standby = standby;
        this.connectSeconds = (int) Math.min(LONGEST_CONNECT_SECONDS, Math.max(1, answerWithin.toSeconds()));
        source();
    }

    private PGSimpleDataSource source() {
        PGSimpleDataSource source = url.dataSource(login.user(), login.password());
        source.setApplicationName("erp-bridge");
        source.setConnectTimeout(connectSeconds);
        source.setLoginTimeout(2 * connectSeconds);
        source.setTcpKeepAlive(true);
        return source;
    }

    @Override
    public String describe() {
        return "PostgreSQL at " + url.place();
    }

    @Override
    public String product() {
        return "PostgreSQL";
    }

    /** Asks for the time at which its server was started, to the microsecond, and for its name there. */
    @Override
    public String identity() {
        return IDENTITY;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public String migrations() {
        return "classpath:db/migration/postgresql";
    }

    /** Flyway knows the first schema of the path alone. */
    @Override
    public String hasHistory() {
        return "select 1 from pg_tables where schemaname = current_schema() and tablename = 'flyway_schema_history'";
    }

    @Override
    public String contains(String column, String parameter) {
        // LIKE is case-sensitive here. Folding in the C locale affects ASCII letters only, as in SQLite.
        return "lower(" + column + " collate \"C\") like lower(" + parameter + " collate \"C\") escape '!'";
    }

    @Override
    public String beyondAscii(String column) {
        return "octet_length(" + column + ") <> char_length(" + column + ")"; // the database must be UTF-8
    }

    @Override
    public Connection openWriter() throws SQLException {
        String gone = lost;
        if (gone != null) {
            throw new StoreLostException(gone);
        }
        return lock.isClaimed() ? openAgain() : openFirst();
    }

    private Connection openFirst() throws SQLException {
        Connection connection = open();
        try {
            if (lock.isTaken(connection)) {
                refuseUnlessItStandsBy(connection);
                connection.close();
                connection = new Standby(lock, this::openWithDeadline, describe()).await();
            }
            connection.setNetworkTimeout(Runnable::run, 0); // migrations may run long
            return ready(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private Connection openAgain() throws SQLException {
        Connection connection = openWithDeadline();
        try {
            if (lock.isTaken(connection)) {
                refuseIfAnotherWrote(connection);
                throw new StoreUnavailableException(
                        "Another bridge is running on " + describe()
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

    private Connection open() throws SQLException {
        Connection connection = source().getConnection();
        connection.setAutoCommit(true);
        return connection;
    }

    private Connection openWithDeadline() throws SQLException {
        Connection connection = open();
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
                    "Another bridge is running on " + describe()
                            + ". Stop the other, give this one a database of its own"
                            + " with BRIDGE_DATABASE_URL, or let it wait for the other's end with"
                            + " BRIDGE_DATABASE_STANDBY=true.",
                    null);
        }
        if (!Migrations.areDone(this, connection)) {
            Migrations.refuseWhatANewerVersionHasUsed(this, connection);
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
        String what = "Another bridge has taken over " + describe() + " meanwhile. This one writes no more;";
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
            lost = describe() + " came back in an earlier state, without what was acknowledged since. Missing: "
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

    @Override
    public void reached(String table, long seq) {
        reached.merge(table, seq, Math::max);
    }

    @Override
    public @Nullable String lost() {
        return lost;
    }

    @Override
    public @Nullable String advice(SQLException failure) {
        return OpenAdvice.ofPostgres(failure.getSQLState());
    }

    @Override
    public void beforeMigrations(Connection writer) throws SQLException {
        if (!"UTF8".equals(setting(writer, "server_encoding"))) {
            throw new StoreUnavailableException(
                    describe() + " is not in UTF-8, so it cannot hold every SMS. Make one with:"
                            + " create database … encoding 'UTF8' template template0",
                    null);
        }
    }

    /** Notes who writes from now on, and warns of a setting that no session can change. */
    @Override
    public void migrated(Connection writer) throws SQLException {
        if ("off".equals(setting(writer, "fsync"))) {
            LOG.warn("The PostgreSQL server runs with fsync = off: a power cut may lose what was acknowledged");
        }
        lock.claim(writer);
        writer.setNetworkTimeout(Runnable::run, answerMillis);
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SETTING)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public DataSource readers(int connections) {
        PGSimpleDataSource source = source();
        source.setSocketTimeout(QUERY_SECONDS);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setPoolName("postgresql-readers");
        config.setReadOnly(true);
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(connectSeconds));
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    @Override
    public boolean sparesTransaction(SQLException failure) {
        // Thanks to the savepoint a bad value (class 22) or a violated constraint (23) undoes its own unit alone. Every
        // other error concerns the connection, the server or its resources, and the neighbours are not safe either.
        String state = failure.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** A session ends when the server restarts or another one takes over, and one opened meanwhile may stay read-only. */
    @Override
    public boolean hasEnded(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && (state.startsWith("08") || state.startsWith("57P0") || state.equals(TAKES_NO_WRITES))
                && !isSilence(failure);
    }

    /** Only the server's own word that it refuses is sure; whatever ends the session may have come after the commit. */
    @Override
    public boolean mayHaveCommitted(Throwable failure) {
        SQLException sql = UnitRunner.sqlFailure(failure);
        String state = sql == null ? null : sql.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57") || state.startsWith("XX");
    }

    /** Returns whether the server did not answer at all: asking it again would take twice as long. */
    private static boolean isSilence(SQLException failure) {
        return failure.getCause() instanceof SocketTimeoutException;
    }

    /** Empties the space of deleted rows, table by table, with rests, on a connection that nobody waits for. */
    @Override
    public void tidy(Writer writer) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute(WITH_RESTS);
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(TABLES)) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                statement.execute("vacuum " + table);
            }
        }
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }
}
