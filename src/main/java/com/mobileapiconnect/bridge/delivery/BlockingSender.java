package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.thread.Workers;
import java.util.concurrent.CompletableFuture;

/**
 * A sender whose calls hold a thread: they run on {@link Workers}. A call that the engine makes on a worker runs there and
 * then, without another hand-over between threads.
 *
 * <p>Workers are virtual threads where the runtime has them. Native code that waits would hold one of the few threads
 * that carry all of those: such a call belongs on threads of its sender's own.
 */
public abstract class BlockingSender implements Sender {

    private final Workers workers;

    protected BlockingSender(Workers workers) {
        this.workers = workers;
    }

    @Override
    public final boolean blocks() {
        return true;
    }

    @Override
    public final CompletableFuture<Outcome> send(Attempt attempt, byte[] body) {
        return workers.call(() -> sendNow(attempt, body));
    }

    /**
     * Makes one call and waits for its end. Cancelling the call interrupts the thread: end the work then. A call that
     * ignores that keeps a worker and is shown as stuck; a connector may have only a few such calls.
     */
    protected abstract Outcome sendNow(Attempt attempt, byte[] body) throws Exception;
}
