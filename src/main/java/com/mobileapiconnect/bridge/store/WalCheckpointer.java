package com.mobileapiconnect.bridge.store;

import com.mobileapiconnect.bridge.thread.Threads;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the write-ahead log into the database file. A thread beside the writer does the copying (PASSIVE never blocks
 * the writer). Under steady writing that alone would never let the log start over, so past a second mark the writer
 * does the short rest between two commits. The log's file is overwritten and never shortened (RESTART): a file cut to
 * nothing has to grow again with each commit, which costs a sixth of the writer.
 */
final class WalCheckpointer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WalCheckpointer.class);
    private static final int COPY_FROM_PAGES = 1 << 10;
    private static final int START_OVER_FROM_PAGES = 8 << 10;
    private static final int LOOK_EVERY_COMMITS = 32;

    private final Opener opener;
    private final Runnable copied;
    private final Consumer<SQLException> failed;
    private final AtomicBoolean copying = new AtomicBoolean();
    private final ExecutorService thread = Threads.one("store-checkpoint");
    private int commits;

    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    /**
     * The state of the log after a checkpoint.
     *
     * @param done whether the checkpoint was complete
     * @param pages pages in the log
     * @param moved how many of them are in the database too
     */
    private record Log(boolean done, int pages, int moved) {}

    /**
     * @param copied runs after each copying, on the checkpointer's own thread
     * @param failed is told why a copying failed that nobody waits for
     */
    WalCheckpointer(Opener opener, Runnable copied, Consumer<SQLException> failed) {
        this.opener = opener;
        this.copied = copied;
        this.failed = failed;
    }

    /** Starts whatever is due; called on the writer's thread. */
    void betweenCommits(Connection writer) throws SQLException {
        if (++commits % LOOK_EVERY_COMMITS != 0 || copying.get()) {
            return;
        }
        Log log = outsideTransaction(writer, "NOOP");
        if (log.pages() >= START_OVER_FROM_PAGES && log.moved() > 0) {
            outsideTransaction(writer, "RESTART");
        } else if (log.pages() - log.moved() >= COPY_FROM_PAGES) {
            copyAside();
        }
    }

    /**
     * Moves everything into the database and empties the log; returns false while somebody still reads from the log.
     */
    boolean empty(Connection writer) throws SQLException {
        return outsideTransaction(writer, "TRUNCATE").done();
    }

    /**
     * Runs a task on the checkpointer's own thread and waits for it: no other checkpoint begins meanwhile, unless the task
     * makes one.
     */
    void alone(Callable<?> task) throws SQLException, IOException {
        try {
            thread.submit(() -> {
                        copying.set(true);
                        try {
                            return task.call();
                        } finally {
                            copying.set(false);
                        }
                    })
                    .get();
        } catch (InterruptedException | RejectedExecutionException closing) {
            throw new StoreUnavailableException("The store is closed", closing);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw new SQLException(e.getCause());
        }
    }

    /** Moves what it can into the database without holding the writer; to be called in {@link #alone}. */
    void copy() throws SQLException {
        try (Connection connection = opener.open()) {
            checkpoint(connection, "PASSIVE");
        }
        copied.run();
    }

    /**
     * Copies as {@link #copy} does, and before it reads the log. A snapshot held meanwhile keeps the log from starting
     * over with pages that were copied and not read.
     */
    void copyAfter(Callable<?> reading) throws SQLException, IOException {
        try (Connection held = opener.open();
                Statement statement = held.createStatement();
                ResultSet snapshot = statement.executeQuery("select name from sqlite_master")) {
            snapshot.next();
            reading.call();
            copy();
        } catch (SQLException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The log cannot be read", e);
        }
    }

    private static Log outsideTransaction(Connection writer, String mode) throws SQLException {
        // Such a pragma is refused inside a transaction, and must not wait long for a slow reader; there will be
        // another chance.
        writer.setAutoCommit(true);
        try (Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 20");
            Log log = checkpoint(writer, mode);
            statement.execute(SqliteConnections.USUAL_WAIT);
            return log;
        } finally {
            writer.setAutoCommit(false);
        }
    }

    private void copyAside() {
        copying.set(true);
        try {
            thread.execute(() -> {
                try {
                    copy();
                } catch (SQLException e) {
                    LOG.warn("Checkpoint failed, the log keeps growing until one succeeds: {}", e.toString());
                    failed.accept(e);
                } finally {
                    copying.set(false);
                }
            });
        } catch (RejectedExecutionException closing) {
            copying.set(false);
        }
    }

    private static Log checkpoint(Connection connection, String mode) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            if (!result.next()) {
                return new Log(false, 0, 0);
            }
            Log log = new Log(result.getInt(1) == 0, result.getInt(2), result.getInt(3));
            LOG.debug("Checkpoint {}: {}", mode, log);
            return log;
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
