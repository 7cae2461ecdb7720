package com.mobileapiconnect.bridge.store;

import com.mobileapiconnect.bridge.thread.NowAndThen;
import com.mobileapiconnect.bridge.thread.Threads;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wait of a bridge for a PostgreSQL database that another bridge writes to. Once it has begun, a server that is away
 * does not end it: that may be the very outage after which this bridge is needed.
 */
final class Standby {

    /** Opens a connection without the lock. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);
    private static final long LOOK_EVERY_SECONDS = 1;

    private final WriterLock lock;
    private final Opening opening;
    private final String database;
    private final NowAndThen away = new NowAndThen(System::nanoTime);
    private @Nullable Connection connection;

    /** @param opening gives the server a bounded time for its answers */
    Standby(WriterLock lock, Opening opening, String database) {
        this.lock = lock;
        this.opening = opening;
        this.database = database;
    }

    /** Returns a connection that has the lock; throws {@link StoreUnavailableException} when the process is to stop. */
    Connection await() {
        LOG.info(
                "Another bridge is running on {}. This one stands by: it answers nobody, and takes over when the other has"
                        + " ended",
                database);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = Threads.named("standby-stop").newThread(stopped::countDown);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Connection locked = look();
            while (locked == null && !stopped.await(LOOK_EVERY_SECONDS, TimeUnit.SECONDS)) {
                locked = look();
            }
            if (locked != null) {
                Runtime.getRuntime().removeShutdownHook(hook);
                LOG.info("The other bridge has ended. This one takes over {}", database);
                return locked;
            }
        } catch (InterruptedException | IllegalStateException e) {
            LOG.debug("Told to stop, or stopping already", e);
        }
        giveUp();
        throw new StoreUnavailableException("Stopped while it stood by for " + database + ".", null);
    }

    /** Returns the connection if it has the lock now. */
    private @Nullable Connection look() {
        try {
            if (connection == null) {
                connection = opening.open();
            }
            return lock.tryTake(connection) ? connection : null;
        } catch (SQLException e) {
            giveUp();
            say(e);
            return null;
        }
    }

    private void giveUp() {
        try (Connection broken = connection) {
            connection = null;
        } catch (SQLException e) {
            LOG.debug("A broken connection does not close", e);
        }
    }

    private void say(SQLException failure) {
        if (away.tell()) {
            LOG.warn(
                    "{} cannot be asked whether the other bridge runs, and is asked again each second: {}",
                    database,
                    failure.getMessage());
        }
    }
}
