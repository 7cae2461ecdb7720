package com.mobileapiconnect.bridge.job;

import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A kind of long work. A feature adds one as a bean, and begins jobs of it by {@link Jobs#begin}. The kind has records
 * of its own for what is to be done and how far it has come, kept as JSON. These records may hold ids and counts, but no
 * phone number and no text of an SMS, because erasing a number leaves jobs alone.
 *
 * @param <F> what a step has found to do
 */
public interface JobKind<F> {

    /** Returns the name by which callers and the store know it. */
    String name();

    /** Returns why a caller may not cancel such a job; null if it may. */
    default @Nullable String keptBecause() {
        return null;
    }

    /**
     * Looks what the next step has to do, and changes nothing; usually a query on a reader. Must not wait.
     *
     * @param limit how many rows the step may take on, by how long earlier ones have held the writer
     */
    CompletableFuture<F> prepare(Job job, int limit);

    /**
     * Takes the step, in the unit of the writer that stores how far the job has come. The step looks again at
     * what may have changed since {@link #prepare}. An exception ends the job as failed, unless the store refuses: then
     * the step is tried again.
     */
    Progress take(Transaction tx, Job job, F found) throws SQLException;

    /** Called when the step is durable. Must not wait. */
    default void taken(Job job, F found) {}
}
