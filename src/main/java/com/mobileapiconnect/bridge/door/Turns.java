package com.mobileapiconnect.bridge.door;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turns of one door: so many of its requests are worked on at once. Further ones wait on their connections and
 * unread, and hold neither a thread nor memory of a request. Those of one owner wait in their order, and owners are served
 * in turn: the many requests of one address do not make another's wait for all of them.
 */
final class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private static final Object PROXIES = new Object();

    private record Waiting(Object owner, Runnable work, long sinceNanos) {}

    private final AtomicInteger free;
    private final Map<Object, Deque<Waiting>> lines = new LinkedHashMap<>(); // guarded by itself; the first is next
    private final AtomicInteger waiting = new AtomicInteger();
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
        return !elsewhere && waiting.get() == 0 && takeFree();
    }

    /**
     * Runs work as soon as there is a turn for it, which the work gives back at its end.
     *
     * @param owner null: a trusted proxy, all of which are one
     */
    void await(@Nullable InetAddress owner, Runnable work) {
        add(new Waiting(owner == null ? PROXIES : owner, work, nanoTime.getAsLong()));
        serve();
    }

    private void add(Waiting last) {
        synchronized (lines) {
            lines.computeIfAbsent(last.owner(), first -> new ArrayDeque<>()).add(last);
            waiting.incrementAndGet();
        }
    }

    private @Nullable Waiting poll() {
        synchronized (lines) {
            Iterator<Deque<Waiting>> inTurn = lines.values().iterator();
            if (!inTurn.hasNext()) {
                return null;
            }
            Deque<Waiting> line = inTurn.next();
            inTurn.remove();
            Waiting next = line.remove();
            if (!line.isEmpty()) {
                lines.put(next.owner(), line); // behind the other owners
            }
            waiting.decrementAndGet();
            return next;
        }
    }

    void giveBack() {
        free.incrementAndGet();
        if (waiting.get() > 0) {
            serve();
        }
    }

    /** Returns those who hold a turn while they wait for the caller to read: half of the turns at most. */
    Shares<InetAddress> slow() {
        return slow;
    }

    /** Returns how long whoever waits longest has waited; zero if nobody waits. */
    long longestWaitNanos() {
        long now = nanoTime.getAsLong();
        synchronized (lines) {
            return lines.values().stream()
                    .mapToLong(line -> now - line.getFirst().sinceNanos())
                    .max()
                    .orElse(0);
        }
    }

    private void serve() {
        while (waiting.get() > 0 && takeFree()) {
            Waiting next = poll();
            if (next == null) {
                free.incrementAndGet(); // and look again: somebody may have come in between
            } else {
                try {
                    executor.execute(next.work());
                } catch (RuntimeException | Error noThread) {
                    free.incrementAndGet();
                    add(next);
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
