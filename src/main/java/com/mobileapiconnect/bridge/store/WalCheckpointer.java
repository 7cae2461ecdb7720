package com.mobileapiconnect.bridge.store;

import com.mobileapiconnect.bridge.thread.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the write-ahead log into the database file. The copying is done beside the writer (PASSIVE never blocks it);
 * under steady writing that alone would never let the log start over, so past a second mark the writer itself does
 * the short rest between two commits.
 */
final class WalCheckpointer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WalCheckpointer.class);
    private static final long COPY_FROM_BYTES = 4L << 20;
    private static final long START_OVER_FROM_BYTES = 32L << 20;
    private static final int LOOK_EVERY_COMMITS = 32;

    private final Path wal;
    private final Connector connector;
    private final AtomicBoolean copying = new AtomicBoolean();
    private final ExecutorService thread = Threads.one("store-checkpoint");
    private int commits;
    private long copiedUpTo;

    @FunctionalInterface
    interface Connector {
        Connection open() throws SQLException;
    }

    WalCheckpointer(Path database, Connector connector) {
        this.wal = database.resolveSibling(database.getFileName() + "-wal");
        this.connector = connector;
    }

    /** On the writer's thread. */
    void betweenCommits(Connection writer) throws SQLException {
        if (++commits % LOOK_EVERY_COMMITS != 0 || copying.get()) {
            return;
        }
        long size = size();
        if (size >= START_OVER_FROM_BYTES && copiedUpTo > 0) {
            copiedUpTo = 0;
            startOver(writer);
        } else if (size >= COPY_FROM_BYTES && size > copiedUpTo + COPY_FROM_BYTES) {
            copiedUpTo = size;
            copyAside();
        }
    }

    /** Everything into the database, the log emptied; false while somebody still reads from it. */
    boolean empty(Connection writer) throws SQLException {
        copiedUpTo = 0;
        return startOver(writer);
    }

    private static boolean startOver(Connection writer) throws SQLException {
        // A pragma of this kind is refused inside a transaction, and must not wait long for a slow reader:
        // it comes round again.
        writer.setAutoCommit(true);
        try (Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 20");
            boolean done = checkpoint(writer, "TRUNCATE");
            statement.execute("PRAGMA busy_timeout = " + SqliteDialect.BUSY_TIMEOUT_MS);
            return done;
        } finally {
            writer.setAutoCommit(false);
        }
    }

    private void copyAside() {
        copying.set(true);
        try {
            thread.execute(() -> {
                try (Connection connection = connector.open()) {
                    checkpoint(connection, "PASSIVE");
                } catch (SQLException e) {
                    LOG.warn("Checkpoint failed, the log keeps growing until one succeeds: {}", e.toString());
                } finally {
                    copying.set(false);
                }
            });
        } catch (RejectedExecutionException closing) {
            copying.set(false);
        }
    }

    private static boolean checkpoint(Connection connection, String mode) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            if (!result.next()) {
                return false;
            }
            LOG.debug("Checkpoint {}: {} of {} pages", mode, result.getInt(3), result.getInt(2));
            return result.getInt(1) == 0;
        }
    }

    private long size() {
        try {
            return Files.size(wal);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
