package com.mobileapiconnect.bridge.resource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open connections to a database: those used last go first, the others are closed. After a login that was refused none is
 * opened for a while, because wrong passwords lock accounts.
 */
final class JdbcConnections {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcConnections.class);

    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long LIFE_NANOS = TimeUnit.MINUTES.toNanos(30);
    /** A younger one is believed to be alive. */
    private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long REFUSED_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int CONNECT_MILLIS = 5_000;
    private static final int VALID_SECONDS = 2;

    private final JdbcSource source;
    private final Semaphore room;
    private final ConcurrentLinkedDeque<Held> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean retired;
    private volatile @Nullable Refusal refusal;

    private record Refusal(long untilNanos, SQLException why) {}

    /** A connection and its times. */
    record Held(Connection connection, long openedNanos, long usedNanos) {}

    /** Is told which connection is looked at. */
    @FunctionalInterface
    interface Holder {
        void holds(Connection connection) throws SQLException;
    }

    /** @param room for connections to all databases together */
    JdbcConnections(JdbcSource source, Semaphore room) {
        this.source = source;
        this.room = room;
    }

    DatabaseBrand brand() {
        return source.brand();
    }

    Held take(long deadlineNanos, Holder holder) throws SQLException {
        Held held;
        while ((held = idle.pollFirst()) != null) {
            if (isAlive(held, holder)) {
                return held;
            }
            close(held);
        }
        return open(deadlineNanos);
    }

    private static boolean isAlive(Held held, Holder holder) throws SQLException {
        long now = System.nanoTime();
        if (now - held.openedNanos() > LIFE_NANOS) {
            return false;
        } else if (now - held.usedNanos() < TRUSTED_NANOS) {
            return true;
        }
        holder.holds(held.connection());
        return held.connection().isValid(VALID_SECONDS);
    }

    private Held open(long deadlineNanos) throws SQLException {
        Refusal known = refusal;
        if (known != null && System.nanoTime() - known.untilNanos() < 0) {
            throw known.why();
        }
        if (!room.tryAcquire()) {
            throw new SQLTransientConnectionException(
                    "The bridge has as many connections to databases as it may have", "53300");
        }
        boolean opened = false;
        try {
            long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            Connection connection = source.open((int) Math.max(1, Math.min(CONNECT_MILLIS, left)));
            opened = true;
            open.incrementAndGet();
            refusal = null;
            long now = System.nanoTime();
            return new Held(connection, now, now);
        } catch (SQLException e) {
            if (SqlFault.of(e).kind() == SqlFault.Kind.LOGIN) {
                refusal = new Refusal(System.nanoTime() + REFUSED_NANOS, e);
            }
            throw e;
        } finally {
            if (!opened) {
                room.release();
            }
        }
    }

    /** @param good whether the next call may use it */
    void give(Held held, boolean good) {
        if (!good || retired || !isClean(held.connection())) {
            close(held);
            return;
        }
        idle.addFirst(new Held(held.connection(), held.openedNanos(), System.nanoTime()));
        if (retired) {
            closeAll();
        }
    }

    private static boolean isClean(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private void close(Held held) {
        try {
            held.connection().close();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A connection did not close: {}", e.toString());
        } finally {
            open.decrementAndGet();
            room.release();
        }
    }

    void closeIdle(Executor threads) {
        Held last = idle.peekLast();
        while (last != null && System.nanoTime() - last.usedNanos() > IDLE_NANOS && idle.removeLastOccurrence(last)) {
            close(last, threads);
            last = idle.peekLast();
        }
    }

    private void close(Held held, Executor threads) {
        try {
            threads.execute(() -> close(held));
        } catch (RejectedExecutionException closing) {
            close(held);
        }
    }

    boolean isEmpty() {
        return open.get() == 0;
    }

    void retire(Executor threads) {
        retired = true;
        Held held;
        while ((held = idle.pollFirst()) != null) {
            close(held, threads);
        }
    }

    private void closeAll() {
        Held held;
        while ((held = idle.pollFirst()) != null) {
            close(held);
        }
    }
}
