package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.thread.Workers;
import java.util.concurrent.CompletableFuture;

/**
 * A sender whose calls hold a thread: they run on {@link Workers}. A call that the engine makes on a worker runs there
 * and then, without another hand-over between threads.
 *
 * <p>Workers are virtual threads on Java 21 and later. A sender whose native code waits needs threads of its own,
 * because such code holds one of the few carrier threads.
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
     * Makes one call and waits for its end. Cancelling the call interrupts the thread, and the sender then ends its
     * work. A call that ignores the interrupt keeps a worker and is shown as stuck; a connector may have only a few
     * such calls.
     */
    protected abstract Outcome sendNow(Attempt attempt, byte[] body) throws Exception;
}
