package com.mobileapiconnect.bridge.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;

/** Opens connections to one SQLite file: of the writer, of readers, and for work beside them. */
final class SqliteConnections implements AutoCloseable {

    private static final int BUSY_TIMEOUT_MS = 5_000;
    private static final int WRITER_CACHE_KIB = 8 * 1024;
    private static final int READER_CACHE_KIB = 2 * 1024;

    /** The wait for a lock that every connection begins with. */
    static final String USUAL_WAIT = "PRAGMA busy_timeout = " + BUSY_TIMEOUT_MS;

    // Only the checkpointer makes checkpoints. A connection property of this name is ignored by older drivers.
    private static final String NO_CHECKPOINTS = "PRAGMA wal_autocheckpoint = 0";
    // The size to which a log shrinks again that a slow reader has made large.
    private static final String LOG_LIMIT = "PRAGMA journal_size_limit = " + (64 << 20);

    private final String url;
    private final List<HikariDataSource> pools = new ArrayList<>();

    SqliteConnections(Path file) {
        this.url = "jdbc:sqlite:" + file;
    }

    /**
     * Opens the writer's connection, outside a transaction.
     *
     * @param forced whether the bridge itself forces its commits to the disk
     */
    Connection writer(boolean forced) throws SQLException {
        Connection connection = connect(WRITER_CACHE_KIB);
        try {
            setUpOnce(connection);
            if (forced) {
                LogForce.takeOver(connection);
            }
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Opens a connection for work beside the writer, such as a copy. */
    Connection aside() throws SQLException {
        return connect(READER_CACHE_KIB);
    }

    private Connection connect(int cacheKib) throws SQLException {
        Connection connection = DriverManager.getConnection(url, properties(cacheKib, false));
        try (Statement statement = connection.createStatement()) {
            statement.execute(NO_CHECKPOINTS);
            statement.execute(LOG_LIMIT);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Must come before the first table: auto_vacuum cannot be changed afterwards without a rewrite of the file. */
    private static void setUpOnce(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            statement.execute("PRAGMA journal_mode = WAL");
        }
    }

    private static Properties properties(int cacheKib, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setCacheSize(-cacheKib);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        Properties properties = config.toProperties();
        properties.setProperty("secure_delete", "true");
        if (readOnly) {
            // Not open_mode: a reader must be able to create the shared-memory file after a crash.
            properties.setProperty("query_only", "true");
        }
        return properties;
    }

    DataSource readers(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setDataSourceProperties(properties(READER_CACHE_KIB, true));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setPoolName("sqlite-readers");
        config.setMaxLifetime(0);
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(10));
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }
}
