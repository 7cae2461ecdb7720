package com.mobileapiconnect.bridge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite in one file: write-ahead log, forced to the disk at every commit, one writer. */
public final class SqliteDialect implements Dialect {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteDialect.class);

    /** Size that is looked through in a second or two; beyond, the start does not wait for it. */
    private static final long LOOK_AT_ONCE_BYTES = 256L << 20;

    private final Path file;
    private final Path log;
    private final SqliteConnections connections;
    private final WalCheckpointer checkpointer;
    private final SqliteTidying tidying;
    private final HighWater mark;
    private final PageCheck pages;
    private final LossCheck loss;
    private final LogOpener opener;
    private @Nullable SameFiles files;
    private @Nullable LogForce force;
    private volatile @Nullable String lost;

    @FunctionalInterface
    interface LogOpener {
        LogForce open(Path log) throws IOException;
    }

    /** @param file the database; nothing else may use its directory */
    public SqliteDialect(Path file) {
        this(file, false);
    }

    /**
     * @param file       the database; nothing else may use its directory
     * @param acceptLoss opens a database that has less than its mark says, with an error in the log
     */
    public SqliteDialect(Path file, boolean acceptLoss) {
        this(file, acceptLoss, LOOK_AT_ONCE_BYTES);
    }

    SqliteDialect(Path file, boolean acceptLoss, long atOnceBytes) {
        this(file, acceptLoss, atOnceBytes, LogForce::of);
    }

    /**
     * @param atOnceBytes size up to which a start after a kill waits until all pages are looked through
     * @param opener      opens the log once the schema is there
     */
    SqliteDialect(Path file, boolean acceptLoss, long atOnceBytes, LogOpener opener) {
        NativeLibrary.unpackIn(file.resolveSibling("native"));
        this.file = file;
        this.log = file.resolveSibling(file.getFileName() + "-wal");
        this.mark = HighWater.open(file.resolveSibling("bridge.mark"));
        this.pages = new PageCheck(file);
        this.loss = new LossCheck(file, mark, acceptLoss, pages, atOnceBytes);
        this.connections = new SqliteConnections(file);
        this.checkpointer = new WalCheckpointer(connections::aside, mark::force, this::writeFailed);
        this.tidying = new SqliteTidying(file, log, checkpointer);
        this.opener = opener;
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
    public String hasHistory() {
        return "select 1 from sqlite_schema where name = 'flyway_schema_history'";
    }

    @Override
    public String product() {
        return "SQLite";
    }

    @Override
    public String identity() {
        return "select file from pragma_database_list where name = 'main'";
    }

    /** Compares the files themselves: links and other spellings of a path lead to the same one. */
    @Override
    public boolean isSame(String identity, String other) {
        try {
            return identity.equals(other) || Files.isSameFile(Path.of(identity), Path.of(other));
        } catch (IOException | InvalidPathException gone) {
            return false;
        }
    }

    @Override
    public String contains(String column, String parameter) {
        return column + " like " + parameter + " escape '!'";
    }

    @Override
    public String beyondAscii(String column) {
        return "octet_length(" + column + ") <> length(" + column + ")";
    }

    @Override
    public Connection openWriter() throws SQLException {
        String gone = lost;
        if (gone != null) {
            throw new StoreLostException(gone);
        }
        return connections.writer(force != null);
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
        try {
            force = opener.open(log);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "Cannot open " + log + ": " + DataDirectory.why(e) + ". " + DataDirectory.OWNED, e);
        }
        LogForce.takeOver(writer);
        if (loss.lookLater()) {
            pages.beside(connections::aside, damage -> lost = damage, this::writeFailed);
        }
    }

    @Override
    public void confirmCommit() {
        String damaged = lost;
        if (damaged != null) {
            throw new StoreLostException(damaged);
        }
        force();
        Path changed = files == null ? null : files.changed();
        if (changed != null) {
            lost = changed
                    + " was deleted or replaced while the bridge was running. Nothing is taken any more, because it"
                    + " would go into files that nobody can find. Put the data directory back as it was and start again.";
            throw new StoreLostException(lost);
        }
    }

    /** Pages that cannot be read stay so: whatever is taken would depend on which of them it needs. */
    @Override
    public void writeFailed(Throwable cause) {
        StoreUnavailableException damage = Damage.in(cause, this);
        if (damage != null && lost == null) {
            lost = damage.getMessage();
        }
    }

    private void force() {
        if (force == null) {
            return;
        }
        try {
            force.force();
        } catch (IOException e) {
            // The system forgets that it failed: a commit that succeeds later says nothing about this one.
            lost = "What was written last to " + log + " may not be on the disk (" + e.getMessage()
                    + "). Nothing is taken any more. Look after the disk and start again.";
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

    @Override
    public DataSource readers(int most) {
        return connections.readers(most);
    }

    @Override
    public @Nullable String advice(SQLException failure) {
        int code = failure.getErrorCode() & 0xff;
        boolean closed = code == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || code == SQLiteErrorCode.SQLITE_READONLY.code
                || code == SQLiteErrorCode.SQLITE_PERM.code;
        return closed ? DataDirectory.OWNED : null;
    }

    @Override
    public boolean showsDamage(SQLException failure) {
        int code = failure.getErrorCode() & 0xff; // the rest of an extended code says where
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
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

    @Override
    public void tidy(Writer writer) throws SQLException, IOException {
        checkpointer.alone(() -> {
            tidying.run(writer);
            return file;
        });
    }

    @Override
    public boolean copies() {
        return true;
    }

    @Override
    public void copyTo(Path emptyFile) throws SQLException {
        try (Connection connection = connections.aside()) {
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
        tidying.stop();
        pages.close();
        checkpointer.close();
        mark.close();
        connections.close();
        tidying.close();
        try {
            if (force != null) {
                force.close();
            }
        } catch (IOException e) {
            LOG.debug("Closing {}", log, e);
        }
    }
}
