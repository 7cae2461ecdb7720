package com.mobileapiconnect.bridge.thread;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes named daemon threads and the executors over them; the package's page lists all there are. */
public final class Threads {

    private static final long IDLE_SECONDS = 20;
    /** Leaves the stack's size to the runtime. */
    private static final long USUAL_STACK = 0;

    private Threads() {}

    public static ThreadFactory named(String name) {
        return named(name, USUAL_STACK);
    }

    private static ThreadFactory named(String name, long stackBytes) {
        return task -> {
            Thread thread = new Thread(null, task, name, stackBytes);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Runs tasks one after the other. */
    public static ExecutorService one(String name) {
        return Executors.newSingleThreadExecutor(named(name));
    }

    /** Runs tasks at their times, one after the other; a cancelled task is forgotten at once. */
    public static ScheduledThreadPoolExecutor timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named(name));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Runs that many tasks at once; further ones wait. */
    public static ThreadPoolExecutor fixed(String name, int threads) {
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    }

    /** Runs each task at once, on the thread that became idle last; the caller bounds their number. */
    public static ExecutorService eachAtOnce(String name) {
        return upTo(Integer.MAX_VALUE, name);
    }

    /** Runs each task at once on a thread of its own, up to {@code most}; further ones are rejected, none waits. */
    public static ExecutorService upTo(int most, String name) {
        return upTo(most, name, USUAL_STACK);
    }

    /** Runs each task at once on a thread of its own with a stack of that size, up to {@code most}. */
    public static ExecutorService upTo(int most, String name, long stackBytes) {
        return new ThreadPoolExecutor(
                0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named(name, stackBytes));
    }
}
