package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.tenant.AtOnce;
import com.mobileapiconnect.bridge.thread.Workers;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A test on a worker, whose answer comes by its deadline. A test that goes on all the same is interrupted, and keeps its
 * tenant's place until it ends: a tenant has no more threads in tests than places.
 */
final class BoundedTest {

    private final Callable<Findings> test;
    private final AtOnce.Held place;
    private final CompletableFuture<Findings> answer = new CompletableFuture<>();
    private @Nullable Thread thread; // guarded by this

    private BoundedTest(Callable<Findings> test, AtOnce.Held place) {
        this.test = test;
        this.place = place;
    }

    /** @throws RejectedExecutionException if there is no thread; the place is given back then */
    static CompletableFuture<Findings> begin(Workers workers, Callable<Findings> test, AtOnce.Held place, long nanos) {
        BoundedTest bounded = new BoundedTest(test, place);
        try {
            workers.execute(bounded::run);
        } catch (RejectedExecutionException e) {
            place.close();
            throw e;
        }
        return bounded.answer
                .orTimeout(nanos, TimeUnit.NANOSECONDS)
                .whenComplete((found, failure) -> bounded.interrupt());
    }

    private void run() {
        synchronized (this) {
            thread = Thread.currentThread();
        }
        try {
            answer.complete(test.call());
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        } finally {
            synchronized (this) {
                thread = null;
                Thread.interrupted(); // an interrupt was for the test, not for what the thread does next
            }
            place.close();
        }
    }

    private synchronized void interrupt() {
        if (thread != null && thread != Thread.currentThread()) {
            thread.interrupt();
        }
    }
}
