package com.mobileapiconnect.bridge.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Overwrites what deleted rows have left in a SQLite file and its log. Three places can hold such remains: gaps of pages
 * in the file, older pages in the log, and the writer's cache, from which a changed page brings its gap back. So the log
 * is emptied, all pages are cleaned beside the writer, and then, between two commits, the log is emptied again, the pages
 * that it had are cleaned, and the writer gets a new connection with an empty cache. At that moment nothing is left.
 */
final class SqliteTidying implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteTidying.class);
    private static final int TRIES = 50;
    /** Pages that are cleaned while the writer waits: some milliseconds. */
    private static final int MOST_BETWEEN = 1_000;

    private final Path file;
    private final Path log;
    private final WalCheckpointer checkpointer;
    private volatile @Nullable SqlitePages pages;
    private boolean stopped; // guarded by this

    SqliteTidying(Path file, Path log, WalCheckpointer checkpointer) {
        this.file = file;
        this.log = log;
        this.checkpointer = checkpointer;
    }

    /** Returns when nothing is left of what was deleted before; to be called on the checkpointer's thread. */
    void run(Dialect.Writer writer) throws SQLException, IOException {
        emptyLog(writer);
        SqlitePages open = pages();
        Set<Long> copied = new HashSet<>();
        try (LogPages changed = new LogPages(log, open.pageSize())) { // while the log is empty: none of it is missed
            open.cleanAll();
            for (int i = 0; i < TRIES; i++) {
                requireOpen();
                checkpointer.copyAfter(changed::readOn);
                if (writer.betweenCommits(connection -> finish(connection, open, changed, copied), true)) {
                    open.force();
                    return;
                }
                open.clean(copied);
                copied.clear();
            }
        }
        throw busy();
    }

    private void emptyLog(Dialect.Writer writer) throws SQLException {
        for (int i = 0; i < TRIES; i++) {
            requireOpen();
            checkpointer.copy();
            if (writer.betweenCommits(checkpointer::empty, false)) {
                return;
            }
        }
        throw busy();
    }

    /**
     * Returns false if the log was still read, or had too much in it; then it is done again.
     *
     * @param copied receives the pages that have left the log
     */
    private boolean finish(Connection connection, SqlitePages open, LogPages changed, Set<Long> copied)
            throws SQLException {
        try {
            changed.readOn();
            if (!checkpointer.empty(connection)) {
                return false;
            }
            copied.addAll(changed.take());
            if (copied.size() > MOST_BETWEEN) {
                return false;
            }
            open.clean(copied);
            return true;
        } catch (IOException e) {
            throw new SQLException("The database file cannot be tidied", e);
        }
    }

    /** Returns once no page is being cleaned: the last connection that closes copies the log into the file. */
    synchronized void stop() {
        stopped = true;
        SqlitePages open = pages;
        if (open != null) {
            open.stop();
        }
    }

    private synchronized void requireOpen() {
        if (stopped) {
            throw new StoreUnavailableException("The store is closed", null);
        }
    }

    private synchronized SqlitePages pages() throws IOException {
        requireOpen();
        SqlitePages open = pages;
        if (open == null) {
            open = SqlitePages.open(file);
            pages = open;
        }
        return open;
    }

    private static StoreUnavailableException busy() {
        return new StoreUnavailableException("The log is being read; it cannot be emptied yet", null);
    }

    @Override
    public void close() {
        SqlitePages open = pages;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOG.debug("Closing the database file", e);
        }
    }
}
