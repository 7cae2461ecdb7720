package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.thread.Threads;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs what may never end, each on a thread of its own. Work whose time is over is interrupted and left behind; as
 * long as many of those have not ended, no more are begun.
 */
final class TimeBox {

    /** Threads, those left behind among them. */
    static final int MOST = 16;

    private final ExecutorService threads = Threads.upTo(MOST, "route-start");

    /** Returns what the work returns; throws what it throws, errors too, or a {@link RouteRefusedException}. */
    <T> T call(String what, Duration most, Callable<T> work) throws Throwable {
        Future<T> result;
        try {
            result = threads.submit(work);
        } catch (RejectedExecutionException e) {
            throw new RouteRefusedException(
                    MOST + " starts of routes have not ended; nothing more is begun until one of them does", null);
        }
        try {
            return result.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new RouteRefusedException(
                    what + " did not end within " + most.toMillis() + " ms and was given up",
                    "a component or a bean waits for something; bridge.routes.start-within is the time it has");
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new RouteRefusedException(what + " was interrupted", null);
        }
    }

    /** Ends something, and returns without waiting. */
    void later(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            Threads.named("route-stop").newThread(work).start();
        }
    }
}
