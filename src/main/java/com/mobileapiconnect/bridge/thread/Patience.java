package com.mobileapiconnect.bridge.thread;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Waits for results, each for the same time at most. A virtual thread that waits with a time of its own wakes a scheduler
 * when it begins to wait and again when it ends, which costs as much as the wait itself; here one timer looks at all that
 * wait, twice a second.
 */
public final class Patience {

    private static final long LOOK_MILLIS = 500;
    private static final long THREAD_SECONDS = 20;

    private final long nanos;
    private final LongSupplier nanoTime;
    private final ScheduledThreadPoolExecutor timer;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    private record Waiting(CompletableFuture<?> result, long since) {}

    private static final class OverException extends TimeoutException {

        private static final long serialVersionUID = 1;
    }

    /**
     * Waits so long.
     *
     * @param thread name of the timer's thread, which is there while somebody waits
     */
    public Patience(Duration longest, String thread) {
        this(longest, thread, System::nanoTime);
    }

    Patience(Duration longest, String thread, LongSupplier nanoTime) {
        this.nanos = longest.toNanos();
        this.nanoTime = nanoTime;
        this.timer = Threads.timer(thread);
        timer.setKeepAliveTime(THREAD_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /**
     * Returns the result; throws {@link TimeoutException} up to half a second after the time is over. The future itself is
     * left as it is.
     */
    public <T> T await(CompletableFuture<T> future) throws TimeoutException, ExecutionException, InterruptedException {
        if (future.isDone()) {
            return future.get();
        }
        CompletableFuture<T> result = future.copy();
        waiting.add(new Waiting(result, nanoTime.getAsLong()));
        if (looking.compareAndSet(false, true)) {
            lookLater();
        }
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OverException over) {
                if (future.isDone()) {
                    return future.get(); // in the very moment
                }
                throw over;
            }
            throw e;
        }
    }

    private void lookLater() {
        timer.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Ends the waits that have taken too long, and forgets those that are over. */
    void look() {
        try {
            long now = nanoTime.getAsLong();
            waiting.removeIf(one -> {
                if (now - one.since() >= nanos) {
                    one.result().completeExceptionally(new OverException());
                }
                return one.result().isDone();
            });
        } finally {
            lookAgain(); // whatever went wrong: without another look nobody's patience would ever end
        }
    }

    private void lookAgain() {
        if (!waiting.isEmpty()) {
            lookLater();
            return;
        }
        looking.set(false);
        if (!waiting.isEmpty() && looking.compareAndSet(false, true)) {
            lookLater(); // somebody has come in between
        }
    }

    int size() {
        return waiting.size();
    }
}
