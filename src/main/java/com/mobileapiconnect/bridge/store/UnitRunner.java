package com.mobileapiconnect.bridge.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the units of a group in one transaction. A unit that fails must not undo the others: the group then starts over
 * with a savepoint for each unit. Savepoints are not used from the beginning, because each costs a copy of every page
 * that its unit touches.
 */
final class UnitRunner {

    private static final String SAVEPOINT = "SAVEPOINT unit";
    private static final String RELEASE = "RELEASE SAVEPOINT unit";
    private static final String UNDO = "ROLLBACK TO SAVEPOINT unit";

    /** A group of this length has made its fsync cheap; more would only make others wait. */
    private static final long LONG_ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long LONG_UNIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Dialect dialect;
    private final int largestGroup;
    private final Timer longUnits;
    private volatile Deferred deferred = Deferred.NOTHING;

    UnitRunner(Dialect dialect, int largestGroup, MeterRegistry metrics) {
        this.dialect = dialect;
        this.largestGroup = largestGroup;
        this.longUnits = Timer.builder("bridge.store.long")
                .description("Units of work that held the writer for over 10 ms, without their commit")
                .register(metrics);
    }

    void defer(Deferred rows) {
        deferred = rows;
    }

    void writeDeferred(Transaction transaction) throws SQLException {
        deferred.write(transaction);
    }

    /**
     * Takes units from the queue and runs them; throws only what concerns the store, because the state of the
     * transaction is then unknown.
     *
     * @param group receives the units that were taken
     */
    void run(UnitQueue queue, List<Unit<?>> group, Transaction transaction) throws SQLException {
        if (!runTogether(queue, group, transaction)) {
            long again = System.nanoTime();
            transaction.connection().rollback();
            transaction.forgetSince(Transaction.Mark.START);
            runAgain(group, transaction);
            queue.held(System.nanoTime() - again); // at the cost of the unit taken last, which has failed
        }
    }

    /** Runs units of which nothing is stored once more, each by itself. */
    void runAgain(List<Unit<?>> group, Transaction transaction) throws SQLException {
        for (Unit<?> unit : group) {
            runByItself(unit, transaction);
        }
    }

    /** Returns false if a unit failed for a reason of its own. */
    private boolean runTogether(UnitQueue queue, List<Unit<?>> group, Transaction transaction) throws SQLException {
        long start = System.nanoTime();
        long begin = start;
        while (group.size() < largestGroup && begin - start < LONG_ENOUGH_NANOS) {
            Unit<?> unit = queue.poll();
            if (unit == null) {
                break;
            }
            group.add(unit);
            try {
                unit.run(transaction, deferred);
            } catch (SQLException | RuntimeException e) {
                if (ofTheStore(e)) {
                    throw e;
                }
                queue.held(System.nanoTime() - begin);
                return false;
            }
            long end = System.nanoTime();
            queue.held(end - begin);
            if (end - begin > LONG_UNIT_NANOS) {
                longUnits.record(end - begin, TimeUnit.NANOSECONDS);
            }
            begin = end;
        }
        return true;
    }

    private void runByItself(Unit<?> unit, Transaction transaction) throws SQLException {
        Transaction.Mark begin = transaction.mark();
        transaction.prepared(SAVEPOINT).execute();
        try {
            unit.run(transaction, deferred);
        } catch (SQLException | RuntimeException e) {
            if (ofTheStore(e)) {
                throw e;
            }
            transaction.prepared(UNDO).execute();
            transaction.forgetSince(begin);
            unit.fail(e);
        }
        transaction.prepared(RELEASE).execute();
    }

    private boolean ofTheStore(Exception failure) {
        SQLException sql = sqlFailure(failure);
        return sql != null && !dialect.sparesTransaction(sql);
    }

    /** Returns the database's own failure; null if there is none. */
    static @Nullable SQLException sqlFailure(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
