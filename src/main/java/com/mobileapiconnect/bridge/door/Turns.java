package com.mobileapiconnect.bridge.door;

import java.net.InetAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turns of one door: so many of its requests are worked on at once. Further ones wait in their order, on their
 * connections and unread, and hold neither a thread nor memory of a request.
 */
final class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private record Waiting(Runnable work, long sinceNanos) {}

    private final AtomicInteger free;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final Shares<InetAddress> slow;
    private final Executor executor;
    private final boolean elsewhere;
    private final LongSupplier nanoTime;

    /**
     * @param executor  runs work that waited for its turn; never on the calling thread
     * @param elsewhere whether all work has to go there
     */
    Turns(int most, Executor executor, boolean elsewhere, LongSupplier nanoTime) {
        this.free = new AtomicInteger(most);
        int waitsToWrite = Math.max(1, most / 2);
        this.slow = new Shares<>(waitsToWrite, Math.max(1, waitsToWrite / 2));
        this.executor = executor;
        this.elsewhere = elsewhere;
        this.nanoTime = nanoTime;
    }

    /** Takes a turn for work on this thread, unless there is none, or somebody waits for one, or it belongs elsewhere. */
    boolean take() {
        return !elsewhere && queue.isEmpty() && takeFree();
    }

    /** Runs work as soon as there is a turn for it, which the work gives back at its end. */
    void await(Runnable work) {
        queue.add(new Waiting(work, nanoTime.getAsLong()));
        serve();
    }

    void giveBack() {
        free.incrementAndGet();
        if (!queue.isEmpty()) {
            serve();
        }
    }

    /** Returns those who hold a turn while they wait for the caller to read: half of the turns at most. */
    Shares<InetAddress> slow() {
        return slow;
    }

    /** Returns how long the first in the queue has waited; zero if nobody waits. */
    long longestWaitNanos() {
        @Nullable Waiting first = queue.peek();
        return first == null ? 0 : nanoTime.getAsLong() - first.sinceNanos();
    }

    private void serve() {
        while (!queue.isEmpty() && takeFree()) {
            Waiting next = queue.poll();
            if (next == null) {
                free.incrementAndGet(); // and look again: somebody may have come in between
            } else {
                try {
                    executor.execute(next.work());
                } catch (RuntimeException | Error noThread) {
                    free.incrementAndGet();
                    queue.add(next);
                    LOG.error("No thread for a request, which waits for the next turn that ends", noThread);
                    return;
                }
            }
        }
    }

    private boolean takeFree() {
        for (int now = free.get(); now > 0; now = free.get()) {
            if (free.compareAndSet(now, now - 1)) {
                return true;
            }
        }
        return false;
    }
}
