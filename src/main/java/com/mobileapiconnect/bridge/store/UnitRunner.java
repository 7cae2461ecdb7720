package com.mobileapiconnect.bridge.store;

import java.sql.SQLException;
import java.util.List;
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

    private final Dialect dialect;

    UnitRunner(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Runs all units; throws only what concerns the store, because the state of the transaction is then unknown. */
    void run(List<Unit<?>> group, Transaction transaction) throws SQLException {
        if (!runTogether(group, transaction)) {
            transaction.connection().rollback();
            transaction.forgetSince(Transaction.Mark.START);
            for (Unit<?> unit : group) {
                runByItself(unit, transaction);
            }
        }
    }

    /** Returns false if a unit failed for a reason of its own. */
    private boolean runTogether(List<Unit<?>> group, Transaction transaction) throws SQLException {
        for (Unit<?> unit : group) {
            try {
                unit.run(transaction);
            } catch (SQLException | RuntimeException e) {
                if (ofTheStore(e)) {
                    throw e;
                }
                return false;
            }
        }
        return true;
    }

    private void runByItself(Unit<?> unit, Transaction transaction) throws SQLException {
        Transaction.Mark begin = transaction.mark();
        transaction.prepared(SAVEPOINT).execute();
        try {
            unit.run(transaction);
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

    private static @Nullable SQLException sqlFailure(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
