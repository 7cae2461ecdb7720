package com.mobileapiconnect.bridge.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A unit of work on its way through the writer, with what it returned and the future of its caller. */
final class Unit<T> {

    private final Work<T> work;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private @Nullable T value;
    private @Nullable Throwable failure;

    Unit(Work<T> work) {
        this.work = work;
    }

    CompletableFuture<T> result() {
        return result;
    }

    void run(Transaction transaction) throws SQLException {
        value = work.in(transaction);
    }

    /** Notes a failure of the unit's own, which leaves the other units of its group alone. */
    void fail(Throwable ownFailure) {
        failure = ownFailure;
    }

    /** Tells the caller after the commit. */
    @SuppressWarnings("NullAway") // a unit may well return null: its type says so
    void complete() {
        if (failure == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(failure);
        }
    }

    /** Tells the caller that nothing was committed. */
    void refuse(StoreUnavailableException refusal) {
        result.completeExceptionally(failure == null ? refusal : failure);
    }
}
