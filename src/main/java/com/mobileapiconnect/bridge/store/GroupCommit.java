package com.mobileapiconnect.bridge.store;

import com.mobileapiconnect.bridge.thread.Threads;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer: one thread, one connection. Units that arrive while a commit is under way share the next one, so that one
 * fsync serves many.
 *
 * <p>Owners share the writer by time, and a group takes no further unit once it has held the writer for a while. So the
 * unit of one tenant waits for the group under way, however many and however long units others have waiting.
 */
final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final long LONGEST_CLOSE_MILLIS = 2_000;

    private final Dialect dialect;
    private final UnitRunner units;
    private final int largestGroup;
    private final UnitQueue waiting;
    private final Queue<Asked> housekeeping = new ConcurrentLinkedQueue<>();
    private final Timer commitTime;
    private final DistributionSummary groupSize;
    private final Thread thread;
    /** Read into memory what commits may have changed of which nobody can tell whether they happened. */
    private final List<Consumer<Transaction>> undecided = new ArrayList<>();

    private @Nullable Transaction transaction;
    private String refusal = "";
    private volatile boolean open = true;
    private volatile boolean healthy = true;
    private volatile long lastCommit = System.nanoTime();

    GroupCommit(Dialect dialect, Connection first, int largestGroup, int longestQueue, MeterRegistry metrics) {
        this.dialect = dialect;
        this.units = new UnitRunner(dialect, largestGroup, metrics);
        this.largestGroup = largestGroup;
        this.waiting = new UnitQueue(longestQueue);
        this.commitTime = Timer.builder("bridge.store.commit")
                .description("From the first statement of a group to its durable commit")
                .publishPercentileHistogram()
                .register(metrics);
        this.groupSize = DistributionSummary.builder("bridge.store.group")
                .description("Units of work that shared a commit")
                .register(metrics);
        this.transaction = new Transaction(first, dialect);
        this.thread = Threads.named("store-writer").newThread(this::run);
        thread.start();
    }

    void defer(Deferred deferred) {
        units.defer(deferred);
    }

    <T> CompletableFuture<T> submit(Unit<T> unit) {
        return submitted(unit, open && waiting.offer(unit));
    }

    /** Takes a unit that may wait a few milliseconds for others to share a commit with. */
    <T> CompletableFuture<T> submitSoon(Unit<T> unit) {
        return submitted(unit, open && waiting.offerSoon(unit));
    }

    /** Has the units that wait for company commit now. */
    void hurry() {
        waiting.hurry();
        wake();
    }

    /** Has the writer begin a group, by an empty unit. */
    private CompletableFuture<?> wake() {
        return submit(new Unit<>(Store.NOBODY, tx -> tx, true));
    }

    private <T> CompletableFuture<T> submitted(Unit<T> unit, boolean taken) {
        if (!taken) {
            unit.completeExceptionally(new StoreUnavailableException(
                    open ? "The store is overloaded: too many writes are waiting" : "The store is closed", null));
        }
        return unit;
    }

    private record Asked(Dialect.Housekeeping work, boolean fresh, CompletableFuture<Boolean> done) {}

    /**
     * Runs work between two transactions; the future completes with whether it succeeded.
     *
     * @param fresh whether the writer goes on with a new connection if it did
     */
    CompletableFuture<Boolean> between(Dialect.Housekeeping work, boolean fresh) {
        Asked asked = new Asked(work, fresh, new CompletableFuture<>());
        housekeeping.add(asked);
        wake().whenComplete((tx, failure) -> {
            if (failure != null && housekeeping.remove(asked)) {
                asked.done().completeExceptionally(failure);
            }
        });
        return asked.done();
    }

    boolean isAlive() {
        return thread.isAlive() || !open;
    }

    long sinceCommitNanos() {
        return healthy ? System.nanoTime() - lastCommit : Long.MAX_VALUE;
    }

    private void run() {
        List<Unit<?>> group = new ArrayList<>(largestGroup);
        // While closing, a store that refuses is not asked again for each waiting unit.
        while (open || (healthy && !waiting.isEmpty())) {
            try {
                waiting.await();
            } catch (InterruptedException e) {
                continue;
            }
            commit(group);
            group.clear();
        }
        discard();
    }

    /** @param group receives the units that this commit takes */
    private void commit(List<Unit<?>> group) {
        long start = System.nanoTime();
        Stage stage = Stage.RUNNING;
        try {
            readAgain();
            Transaction current = run(group);
            stage = Stage.COMMITTING;
            current.connection().commit();
            stage = Stage.COMMITTED;
            dialect.confirmCommit();
            if (!healthy) {
                LOG.warn("The store accepts writes again");
            }
            lastCommit = System.nanoTime();
            current.committed();
            dialect.noteReached();
            healthy = true;
            commitTime.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            groupSize.record(group.size());
            group.forEach(Unit::complete);
            dialect.betweenCommits(current.connection());
            keepHouse();
        } catch (SQLException | RuntimeException | Error e) {
            // Errors too: a driver may assert things that a lost connection disproves, and without this thread nothing
            // is stored.
            undo(group, e, stage);
        }
    }

    private enum Stage {
        RUNNING,
        COMMITTING,
        COMMITTED
    }

    /** Reads into memory what an undecided commit may have changed, before anybody decides by it. */
    private void readAgain() throws SQLException {
        if (undecided.isEmpty()) {
            return;
        }
        Transaction current = current();
        units.writeDeferred(current);
        for (Consumer<Transaction> again : undecided) {
            try {
                again.accept(current);
            } catch (RuntimeException e) {
                if (UnitRunner.sqlFailure(e) != null) {
                    throw e;
                }
                LOG.error("What a commit may have changed cannot be read again; a restart reads it", e);
            }
        }
        current.connection().commit();
        current.committed();
        LOG.info("Memory agrees with the store again, after a commit of which nobody could tell whether it happened");
        undecided.clear();
    }

    /** Runs the next units; once more on a new connection, if the one of earlier commits turns out to have ended. */
    private Transaction run(List<Unit<?>> group) throws SQLException {
        boolean used = transaction != null;
        Transaction current = current();
        try {
            units.run(waiting, group, current);
            return current;
        } catch (SQLException | RuntimeException e) {
            SQLException sql = UnitRunner.sqlFailure(e);
            if (!used || sql == null || !dialect.hasEnded(sql)) {
                throw e;
            }
            LOG.info("The writer's connection had ended ({}); a new one goes on", sql.getMessage());
        }
        discard(); // before a commit, so nothing of the group is stored
        Transaction fresh = current();
        units.runAgain(group, fresh);
        return fresh;
    }

    private void keepHouse() throws SQLException {
        Asked asked;
        while ((asked = housekeeping.poll()) != null) {
            try {
                boolean succeeded = asked.work().in(current().connection());
                if (succeeded && asked.fresh()) {
                    discard();
                }
                asked.done().complete(succeeded);
            } catch (SQLException | RuntimeException | Error e) {
                asked.done()
                        .completeExceptionally(
                                new StoreUnavailableException("The store could not do its housekeeping", e));
                throw e;
            }
        }
    }

    private void undo(List<Unit<?>> group, Throwable cause, Stage stage) {
        boolean unknown = stage == Stage.COMMITTED || (stage == Stage.COMMITTING && dialect.mayHaveCommitted(cause));
        if (unknown && transaction != null) {
            undecided.addAll(transaction.whenUndecided());
            wake();
        }
        String reason = cause.toString();
        if (healthy || !reason.equals(refusal)) {
            LOG.warn("The store refuses to write; nothing is acknowledged until it does again: {}", reason);
        }
        healthy = false;
        refusal = reason;
        dialect.writeFailed(cause);
        // A new connection: after a failed write or commit the state of the old one is unknown.
        discard();
        if (group.isEmpty() && stage == Stage.RUNNING) {
            takeAny(group); // there was no connection to run them on, and they must be told
        }
        StoreUnavailableException refused = unknown
                ? new StoreUndecidedException("Nobody can tell whether the store has committed", cause)
                : new StoreUnavailableException("The store could not commit", cause);
        group.forEach(unit -> unit.refuse(refused));
    }

    private void takeAny(List<Unit<?>> group) {
        Unit<?> unit;
        while (group.size() < largestGroup && (unit = waiting.poll()) != null) {
            group.add(unit);
        }
    }

    private Transaction current() throws SQLException {
        Transaction current = transaction;
        if (current == null) {
            current = new Transaction(dialect.openWriter(), dialect);
            transaction = current;
        }
        return current;
    }

    private void discard() {
        Transaction current = transaction;
        transaction = null;
        if (current == null) {
            return;
        }
        current.givenUp();
        try {
            current.connection().rollback();
        } catch (SQLException | RuntimeException | Error e) {
            LOG.debug("Rolling back a broken connection", e);
        }
        try {
            current.connection().close();
        } catch (SQLException | RuntimeException | Error e) {
            LOG.debug("Closing a broken connection", e);
        }
    }

    /** Takes no more units, commits those that wait, and returns when the connection is closed, or the disk hangs. */
    @Override
    public void close() {
        open = false;
        // Wakes the writer. An interrupt could hit it in a commit, and would close the files that it writes beside.
        waiting.offer(new Unit<>(Store.NOBODY, tx -> tx, false));
        try {
            thread.join(LONGEST_CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waiting.close().forEach(late -> late.refuse(new StoreUnavailableException("The store is closed", null)));
    }
}
