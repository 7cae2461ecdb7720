package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.thread.AsNeeded;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of one tenant to one database, each on a thread of the platform, because native drivers hold one. A call ends at
 * its deadline, whatever the database does; its connection is then cut.
 */
public final class JdbcPool {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcPool.class);

    private final Resource resource;
    private final JdbcConnections connections;
    private final AsNeeded threads;
    private final ScheduledExecutorService timer;
    private final Executor cutting;
    private final AtomicInteger calls = new AtomicInteger();

    /** Work with a connection, which is in auto-commit and may be left otherwise. */
    @FunctionalInterface
    public interface Work<T> {

        /** @param deadlineNanos end of the work, on the clock of {@link System#nanoTime} */
        T with(Connection connection, long deadlineNanos) throws SQLException;
    }

    JdbcPool(
            Resource resource,
            JdbcConnections connections,
            int most,
            ScheduledExecutorService timer,
            Executor cutting) {
        this.resource = resource;
        this.connections = connections;
        this.threads = new AsNeeded("database", most);
        this.timer = timer;
        this.cutting = cutting;
    }

    boolean isOf(Resource now) {
        return resource == now || resource.equals(now);
    }

    public DatabaseBrand brand() {
        return connections.brand();
    }

    /** Returns at once; the future fails with an {@link SQLException}, of class timeout at the deadline. */
    public <T> CompletableFuture<T> call(long deadlineNanos, Work<T> work) {
        Call<T> call = new Call<>(work, deadlineNanos);
        calls.incrementAndGet();
        call.whenComplete((any, failure) -> calls.decrementAndGet());
        Future<?> end =
                timer.schedule(call::late, Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        call.whenComplete((any, failure) -> end.cancel(false));
        try {
            threads.execute(call);
        } catch (RejectedExecutionException closed) {
            call.completeExceptionally(new SQLException("The bridge stops", "57P01", closed));
        }
        return call;
    }

    private final class Call<T> extends CompletableFuture<T> implements Runnable {

        private final Work<T> work;
        private final long deadlineNanos;
        private @Nullable Connection under; // guarded by this
        private boolean cut; // guarded by this

        Call(Work<T> work, long deadlineNanos) {
            this.work = work;
            this.deadlineNanos = deadlineNanos;
        }

        @Override
        public void run() {
            if (isDone()) {
                return; // it was given up while it waited
            }
            JdbcConnections.Held held = null;
            boolean good = false;
            try {
                held = connections.take(deadlineNanos, this::holds);
                holds(held.connection());
                T result = work.with(held.connection(), deadlineNanos);
                good = release();
                complete(result);
            } catch (SQLException e) {
                good = release() && SqlFault.of(e).kind() != SqlFault.Kind.CONNECT;
                completeExceptionally(e);
            } catch (Throwable e) {
                release();
                completeExceptionally(e);
            } finally {
                if (held != null) {
                    connections.give(held, good);
                }
            }
        }

        /** Notes the connection that the call waits for. */
        private void holds(Connection connection) throws SQLException {
            synchronized (this) {
                under = connection;
                if (!cut) {
                    return;
                }
            }
            throw timeout("The time of the call was over before it began");
        }

        /** Returns false if the connection was cut meanwhile. */
        private synchronized boolean release() {
            under = null;
            return !cut;
        }

        private static SQLTimeoutException timeout(String why) {
            return new SQLTimeoutException(why, "57014");
        }

        void late() {
            completeExceptionally(timeout("The database did not answer in time"));
            cut();
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            cut();
            return cancelled;
        }

        /** Cuts the connection, on another thread: a driver may call the server to do so. */
        private void cut() {
            Connection connection;
            synchronized (this) {
                cut = true;
                connection = under;
            }
            if (connection != null) {
                try {
                    cutting.execute(() -> abort(connection));
                } catch (RejectedExecutionException tooMany) {
                    LOG.debug("A connection to {} ends by its driver's own timeout", resource);
                }
            }
        }
    }

    private void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A connection to {} could not be cut: {}", resource, e.toString());
        }
    }

    /** Closes what nobody has used for a while; returns whether nothing is left. */
    boolean sweep() {
        connections.closeIdle(threads);
        return calls.get() == 0 && connections.isEmpty();
    }

    /** Closes what is idle now, and later what is in use. */
    void retire() {
        connections.retire(threads);
    }

    void close() {
        retire();
        threads.close();
    }
}
