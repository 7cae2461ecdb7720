package com.mobileapiconnect.bridge.store;

import com.mobileapiconnect.bridge.thread.Threads;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through all pages of a SQLite database, which have no checksums. That takes about a second for each few hundred
 * megabytes.
 */
final class PageCheck implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PageCheck.class);
    private static final String WHOLE = "PRAGMA quick_check(1)";
    private static final long LONGEST_CLOSE_SECONDS = 2;

    private final Path database;
    private @Nullable ExecutorService thread;
    private volatile @Nullable Statement running;

    PageCheck(Path database) {
        this.database = database;
    }

    /** Returns what to tell the operator about the first damaged page; null if all are whole. */
    @Nullable String damage(Connection connection) throws SQLException {
        try (Statement check = connection.createStatement()) {
            running = check;
            try (ResultSet row = check.executeQuery(WHOLE)) {
                String found = row.next() ? row.getString(1) : "nothing";
                return "ok".equals(found)
                        ? null
                        : database + " is damaged: "
                                + found.lines().reduce((first, last) -> last).orElse("")
                                + ". Put back it and its log as they were, or a backup, as docs/operations.md says;"
                                + " without one, keep the files for a repair and start on another directory with"
                                + " BRIDGE_DATA_DIR.";
            }
        } finally {
            running = null;
        }
    }

    /** Looks through the pages on a thread beside the running store. */
    void beside(WalCheckpointer.Opener opener, Consumer<String> damaged, Consumer<SQLException> failed) {
        ExecutorService own = Threads.one("store-look");
        thread = own;
        own.execute(() -> {
            LOG.info("Looking through {} after a kill, while it is in use already", database);
            try (Connection connection = opener.open()) {
                String damage = damage(connection);
                if (damage == null) {
                    LOG.info("{} is whole", database);
                } else {
                    damaged.accept(damage);
                }
            } catch (SQLException e) {
                LOG.warn("{} could not be looked through to its end: {}", database, e.toString());
                failed.accept(e);
            }
        });
        own.shutdown();
    }

    @Override
    public void close() {
        ExecutorService own = thread;
        if (own == null) {
            return;
        }
        try {
            Statement check = running;
            if (check != null) {
                check.cancel();
            }
            if (!own.awaitTermination(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("The look through the pages has not ended");
            }
        } catch (SQLException e) {
            LOG.debug("The look through the pages has ended by itself", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
