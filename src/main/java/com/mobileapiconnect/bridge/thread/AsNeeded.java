package com.mobileapiconnect.bridge.thread;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded number of threads with a queue, of which those that are needed no more end. The JDK's pool with a queue gives
 * each task to the thread that has been idle longest: after a moment of many tasks, a few tasks a second keep all threads
 * alive for ever. Here a task goes to the thread that became idle last.
 */
public final class AsNeeded implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AsNeeded.class);

    private final String name;
    private final int most;
    private final ExecutorService threads;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();

    public AsNeeded(String name, int most) {
        this.name = name;
        this.most = most;
        this.threads = Threads.eachAtOnce(name);
    }

    /**
     * Runs a task as soon as one of the threads is free.
     *
     * @throws RejectedExecutionException once this is closed
     */
    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        if (!takePlace()) {
            return;
        }
        try {
            threads.execute(this::work);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            running.decrementAndGet();
            if (waiting.remove(task)) {
                throw noThread;
            }
        }
    }

    private boolean takePlace() {
        for (int now = running.get(); now < most; now = running.get()) {
            if (running.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    private void work() {
        do {
            Runnable task;
            while ((task = waiting.poll()) != null) {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("A task on a thread for {} failed because of a bug", name, e);
                }
            }
            running.decrementAndGet();
        } while (!waiting.isEmpty() && takePlace()); // somebody may have come in between
    }

    /** Interrupts what runs, and begins nothing more. */
    @Override
    public void close() {
        threads.shutdownNow();
        waiting.clear();
    }
}
