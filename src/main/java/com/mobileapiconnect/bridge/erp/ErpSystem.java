package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.delivery.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A kind of system that connectors write to, as a bean. A connector's file names it in its template as {@code
 * erp:<name>}.
 *
 * <p>For calls the rules of {@link com.mobileapiconnect.bridge.delivery.Sender} hold: its deadline, its cancellation, its
 * evidence without secrets. A system that waits for its answers runs its calls on {@link
 * com.mobileapiconnect.bridge.thread.Workers#call}, which is where they are made already.
 *
 * <p><b>Exactly one record.</b> A write may come again, with the same id of its delivery: after an answer that was lost,
 * and after a crash. A system makes that harmless by a key that is the delivery's id; where it cannot, it asks for the
 * key first if {@link ErpWrite#mayBeThere} says so.
 */
public interface ErpSystem {

    /** Returns its name, as {@code erp:<name>} has it. */
    String name();

    /** Writes one delivery. */
    CompletableFuture<Outcome> send(ErpWrite write);

    /** Returns the most writes of a connection {@link #sendAll} takes at once; 1 for a system that does not batch. */
    default int most() {
        return 1;
    }

    /** Returns how many writes of this connection {@link #sendAll} takes at once, where connections differ. */
    default int most(ErpConnection connection) {
        return most();
    }

    /**
     * Writes several deliveries of one connection; called only if {@link #most} is more than 1, on a worker. A system that
     * makes several calls for them makes them at the same time ({@link
     * com.mobileapiconnect.bridge.thread.Workers#callAside}): the time of each write is running.
     *
     * @return an outcome for each, in the same order: a bad one must not spoil its neighbours
     */
    default List<CompletableFuture<Outcome>> sendAll(List<ErpWrite> writes) {
        return writes.stream().map(this::send).toList();
    }

    /** Returns the very request that would go out, with secrets masked; calls nobody. */
    ErpRequest preview(ErpWrite write);

    /**
     * Looks whether writes could succeed, and writes nothing.
     *
     * @param deadlineNanos the end of the test, on the clock of {@link System#nanoTime}
     */
    ErpFindings test(ErpConnection connection, long deadlineNanos);
}
