package com.mobileapiconnect.bridge.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The one database of the bridge.
 *
 * <p>All writing goes through one thread, in the order given; units that wait together share a commit. All reading
 * happens on a few platform threads with connections of their own, because a native database call would pin the
 * carrier of a virtual thread.
 */
public interface Store {

    /** The owner of units that belong to no tenant. */
    String NOBODY = "";

    /**
     * Queues a unit of work for the next group commit. The future completes after the commit is durable, with what
     * the unit returned; if the unit throws, only its own changes are undone and the future carries the exception.
     *
     * <p>Fails with {@link StoreUnavailableException} when the store cannot take or keep the work: nothing of the
     * unit is stored then. {@code cancel} returns true if it has withdrawn the unit, of which nothing is stored then;
     * false if the writer has taken it.
     *
     * @param owner the tenant for which the unit works; tenants share the writer by time, and units of one keep their order
     */
    <T> CompletableFuture<T> write(String owner, Work<T> work);

    /** Queues a unit that belongs to no tenant. */
    default <T> CompletableFuture<T> write(Work<T> work) {
        return write(NOBODY, work);
    }

    /**
     * Queues a unit that belongs to no tenant and that nobody waits for: it is written within 50 ms, by a commit that it
     * shares if there is another from the 25th on. Units that are queued later may be written earlier. Otherwise like
     * {@link #writeKnowing}.
     */
    <T> CompletableFuture<T> writeSoon(Work<T> work);

    /** Has what {@link #writeSoon} was given commit now. */
    void hurry();

    /** Queues a unit that knows of what is {@link Deferred}, and need not find it written. */
    <T> CompletableFuture<T> writeKnowing(String owner, Work<T> work);

    /** Runs {@link #writeKnowing} for no tenant, and waits for it. */
    <T> T writeNowKnowing(Work<T> work);

    /** Runs a query that does not look for what is {@link Deferred}. */
    <T> T readKnowing(Query<T> query);

    /** Has these rows written before anybody looks for them; called once, before the first of them. */
    void defer(Deferred deferred);

    /** Runs {@link #write} and waits for it; a runtime exception of the unit is thrown as it is. */
    <T> T writeNow(String owner, Work<T> work);

    /** Writes a unit that belongs to no tenant, and waits for it. */
    default <T> T writeNow(Work<T> work) {
        return writeNow(NOBODY, work);
    }

    /** Runs a query on a reader; sees everything whose write has completed. */
    <T> T read(Query<T> query);

    /**
     * Runs a query that may take long, such as a page of a list, for a tenant: on readers that serve tenants in turn, so
     * that it holds up neither other tenants nor what the bridge itself reads. Otherwise like {@link #read(Query)}.
     */
    <T> T read(String owner, Query<T> query);

    /** Runs {@link #read(String, Query)} without looking for what is {@link Deferred}. */
    <T> T readKnowing(String owner, Query<T> query);

    /** Runs {@link #read} without waiting. */
    <T> CompletableFuture<T> readLater(Query<T> query);

    /** Returns the dialect, for fragments of SQL that differ between databases. */
    Dialect dialect();

    /** Writes something that has to reach the disk; completion proves that the store keeps its data. */
    CompletableFuture<?> beat();

    /** Returns why nothing can be kept until the bridge is restarted; empty if there is no reason. */
    Optional<String> lost();

    /**
     * Returns the nanoseconds since the last durable commit, on the monotonic clock; {@link Long#MAX_VALUE} after a
     * refused one.
     */
    long sinceCommitNanos();

    /**
     * Removes what rows that were deleted before this call have left in the database's files: in free pages, gaps of
     * pages and the log. Phones and calls go on meanwhile. Fails with {@link StoreUnavailableException} if that is not
     * possible now.
     */
    CompletableFuture<?> tidy();

    /**
     * Writes everything that is committed now into an empty file, and proves that the copy is whole. Phones and calls go
     * on meanwhile. Throws {@link StoreUnavailableException} when it cannot be written, or is not whole.
     */
    void copyTo(Path emptyFile);

    /** Gives up to {@code pages} free pages back to the file system, as a part of a unit; returns whether there are more. */
    boolean reclaim(Transaction tx, int pages) throws SQLException;
}
