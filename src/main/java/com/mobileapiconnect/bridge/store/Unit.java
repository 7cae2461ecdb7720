package com.mobileapiconnect.bridge.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A unit of work in the writer's queue, and the future of its result. */
final class Unit<T> extends CompletableFuture<T> {

    private final String owner;
    private final Work<T> work;
    private final boolean knowsDeferred;
    private final AtomicBoolean taken = new AtomicBoolean();
    private @Nullable T value;
    private @Nullable Throwable failure;

    /** @param knowsDeferred whether it need not find written what is {@link Deferred} */
    Unit(String owner, Work<T> work, boolean knowsDeferred) {
        this.owner = owner;
        this.work = work;
        this.knowsDeferred = knowsDeferred;
    }

    String owner() {
        return owner;
    }

    boolean findsAllWritten() {
        return !knowsDeferred;
    }

    /** Takes the unit for a group; false if its caller has withdrawn it. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    /** Withdraws the unit; false if the writer has taken it, which then decides about its end. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return taken.compareAndSet(false, true) && super.cancel(mayInterruptIfRunning);
    }

    void run(Transaction current, Deferred deferred) throws SQLException {
        if (!knowsDeferred) {
            deferred.write(current);
        }
        value = work.in(current);
    }

    /** Notes a failure of the unit's own, which leaves the other units of its group alone. */
    void fail(Throwable ownFailure) {
        failure = ownFailure;
    }

    /** Tells the caller after the commit. */
    @SuppressWarnings("NullAway") // a unit may well return null: its type says so
    void complete() {
        if (failure == null) {
            complete(value);
        } else {
            completeExceptionally(failure);
        }
    }

    /** Tells the caller that nothing was committed. */
    void refuse(StoreUnavailableException refusal) {
        completeExceptionally(failure == null ? refusal : failure);
    }
}
