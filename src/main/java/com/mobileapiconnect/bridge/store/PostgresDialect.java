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
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL, for one bridge at a time, as {@link WriterSessions} see to. */
public final class PostgresDialect implements Dialect {

    private static final String IDENTITY = """
            select extract(epoch from pg_postmaster_start_time())::text || ' ' || current_database()""";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresDialect.class);
    private static final int LONGEST_CONNECT_SECONDS = 5;
    private static final int QUERY_SECONDS = 60;
    private static final String TAKES_NO_WRITES = "25006";
    private static final String SETTING = "select current_setting(?)";
    private static final String WITH_RESTS = "set vacuum_cost_delay = 1";
    private static final String TABLES = """
            select quote_ident(relname) from pg_class
            where relkind = 'r' and relnamespace = current_schema()::regnamespace order by relname""";

    private final PostgresUrl url;
    private final Login login;
    private final int answerMillis;
    private final int connectSeconds;
    private final WriterSessions sessions;
    private final List<HikariDataSource> pools = new ArrayList<>();

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
        this.connectSeconds = (int) Math.min(LONGEST_CONNECT_SECONDS, Math.max(1, answerWithin.toSeconds()));
        this.sessions = new WriterSessions(this, source(), answerMillis, standby);
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
        return sessions.open();
    }

    @Override
    public void reached(String table, long seq) {
        sessions.reached(table, seq);
    }

    @Override
    public @Nullable String lost() {
        return sessions.lost();
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
        sessions.claim(writer);
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
