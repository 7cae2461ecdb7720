package com.mobileapiconnect.bridge.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite in one file: write-ahead log, fsync at every commit, one writer. */
public final class SqliteDialect implements Dialect {

    static final int BUSY_TIMEOUT_MS = 5_000;
    private static final int SEARCHED_AT_ONCE = 1 << 20;
    private static final int WRITER_CACHE_KIB = 8 * 1024;
    private static final int READER_CACHE_KIB = 2 * 1024;

    // Only the checkpointer makes checkpoints. A connection property of this name is ignored by older drivers.
    private static final String NO_CHECKPOINTS = "PRAGMA wal_autocheckpoint = 0";
    // The size to which a log shrinks again that a slow reader has made large.
    private static final String LOG_LIMIT = "PRAGMA journal_size_limit = " + (64 << 20);

    private final Path file;
    private final Path log;
    private final WalCheckpointer checkpointer;
    private final HighWater mark;
    private final LossCheck loss;
    private @Nullable SameFiles files;
    private volatile @Nullable String lost;
    private final List<HikariDataSource> pools = new ArrayList<>();

    /** @param file the database; nothing else may use its directory */
    public SqliteDialect(Path file) {
        this(file, false);
    }

    /**
     * @param file       the database; nothing else may use its directory
     * @param acceptLoss opens a database that has less than its mark says, with an error in the log
     */
    public SqliteDialect(Path file, boolean acceptLoss) {
        NativeLibrary.unpackIn(file.resolveSibling("native"));
        this.file = file;
        this.log = file.resolveSibling(file.getFileName() + "-wal");
        this.mark = HighWater.open(file.resolveSibling("bridge.mark"));
        this.loss = new LossCheck(file, mark, acceptLoss);
        this.checkpointer = new WalCheckpointer(() -> connect(READER_CACHE_KIB, false), mark::force);
    }

    @Override
    public String describe() {
        return "SQLite in " + file;
    }

    @Override
    public String migrations() {
        return "classpath:db/migration/sqlite";
    }

    @Override
    public String contains(String column, String parameter) {
        return column + " like " + parameter + " escape '!'";
    }

    @Override
    public Connection openWriter() throws SQLException {
        String gone = lost;
        if (gone != null) {
            throw new StoreLostException(gone);
        }
        Connection connection = connect(WRITER_CACHE_KIB, false);
        try {
            setUpOnce(connection);
            connection.setAutoCommit(false);
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

    private Connection connect(int cacheKib, boolean readOnly) throws SQLException {
        Connection connection = DriverManager.getConnection(url(), properties(cacheKib, readOnly));
        try (Statement statement = connection.createStatement()) {
            statement.execute(NO_CHECKPOINTS);
            statement.execute(LOG_LIMIT);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void beforeMigrations(Connection writer) throws SQLException {
        SqliteVersion.require(writer);
        loss.beforeMigrations(writer);
    }

    @Override
    public void migrated(Connection writer) throws SQLException {
        loss.migrated(writer);
        files = new SameFiles(file, log, file.resolveSibling(DataDirectory.LOCK));
    }

    @Override
    public void confirmCommit() {
        Path changed = files == null ? null : files.changed();
        if (changed != null) {
            lost = changed
                    + " was deleted or replaced while the bridge was running. Nothing is taken any more, because it"
                    + " would go into files that nobody can find. Put the data directory back as it was and start again.";
            throw new StoreLostException(lost);
        }
    }

    @Override
    public @Nullable String lost() {
        return lost;
    }

    @Override
    public void reached(String table, long seq) {
        mark.reached(table, seq);
    }

    @Override
    public void noteReached() {
        mark.write();
    }

    private String url() {
        return "jdbc:sqlite:" + file;
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

    @Override
    public DataSource readers(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
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
    public boolean sparesTransaction(SQLException failure) {
        // SQLite itself rolls back on FULL, IOERR, NOMEM, BUSY and INTERRUPT; only these errors certainly do not.
        if (!(failure instanceof SQLiteException sqlite)) {
            return false;
        }
        int primary = sqlite.getResultCode().code & 0xff;
        return primary == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || primary == SQLiteErrorCode.SQLITE_MISMATCH.code
                || primary == SQLiteErrorCode.SQLITE_TOOBIG.code;
    }

    @Override
    public void betweenCommits(Connection writer) throws SQLException {
        checkpointer.betweenCommits(writer);
    }

    /** Empties the log of older pages; in the database file secure_delete has overwritten the data already. */
    @Override
    public boolean scrub(Connection writer) throws SQLException {
        return checkpointer.empty(writer);
    }

    /**
     * Searches the file: a page whose rows moved to its neighbour keeps their bytes in a gap, which secure_delete does
     * not see.
     */
    @Override
    public boolean shows(String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        byte[] buffer = new byte[SEARCHED_AT_ONCE];
        try (InputStream in = Files.newInputStream(file)) {
            int kept = 0;
            int n;
            while ((n = in.readNBytes(buffer, kept, buffer.length - kept)) > 0) {
                int length = kept + n;
                if (contains(buffer, length, wanted)) {
                    return true;
                }
                kept = Math.min(length, wanted.length - 1);
                System.arraycopy(buffer, length - kept, buffer, 0, kept);
            }
        }
        return false;
    }

    private static boolean contains(byte[] bytes, int length, byte[] wanted) {
        for (int at = 0; at <= length - wanted.length; at++) {
            if (bytes[at] == wanted[0] && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean rewrite(Connection writer) throws SQLException {
        writer.setAutoCommit(true);
        try (Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA temp_store = FILE"); // the copy may be larger than memory
            statement.execute("VACUUM");
            statement.execute("PRAGMA temp_store = MEMORY");
            return true;
        } finally {
            writer.setAutoCommit(false);
        }
    }

    @Override
    public boolean copies() {
        return true;
    }

    @Override
    public void copyTo(Path emptyFile) throws SQLException {
        try (Connection connection = connect(READER_CACHE_KIB, false)) {
            SqliteCopy.make(connection, emptyFile);
        }
    }

    @Override
    public boolean reclaim(Connection writer, int pages) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            long before = freePages(statement);
            // As an update: the driver then steps to the end, and each step gives back one page.
            statement.executeUpdate("PRAGMA incremental_vacuum(" + pages + ")");
            long left = freePages(statement);
            return left > 0 && left < before;
        }
    }

    private static long freePages(Statement statement) throws SQLException {
        try (ResultSet left = statement.executeQuery("PRAGMA freelist_count")) {
            return left.next() ? left.getLong(1) : 0;
        }
    }

    @Override
    public void close() {
        checkpointer.close();
        mark.close();
        pools.forEach(HikariDataSource::close);
    }
}
