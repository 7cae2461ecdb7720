package com.mobileapiconnect.bridge.thread;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for work of many tenants that may hang. A tenant holds at most a quarter of them, and the last quarter is for
 * tenants that hold none. Work that waits is begun in turn: one task of each tenant, then the next one of each.
 */
public final class FairThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FairThreads.class);
    private static final int PARTS = 4;

    private final String name;
    private final int most;
    private final int ofOneTenant;
    private final int waitingOfOneTenant;
    private final ExecutorService threads;

    // all guarded by this
    private final Map<String, Line> lines = new HashMap<>();
    /** The lines with tasks that wait, in the order of their turns. */
    private final Deque<Line> turns = new ArrayDeque<>();

    private int running;
    private long begun;
    private long refused;

    /** The tasks of one tenant. */
    private static final class Line {

        private final String tenant;
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private int running;

        Line(String tenant) {
            this.tenant = tenant;
        }
    }

    /**
     * @param name               name of the threads, and tag of the metrics
     * @param most               threads at once
     * @param waitingOfOneTenant tasks of a tenant that may wait
     */
    public FairThreads(String name, int most, int waitingOfOneTenant) {
        this.name = name;
        this.most = most;
        this.ofOneTenant = Math.max(1, most / PARTS);
        this.waitingOfOneTenant = waitingOfOneTenant;
        this.threads = Threads.eachAtOnce(name);
    }

    /** Shows what waits, what runs and what was refused. */
    public FairThreads measuredBy(MeterRegistry metrics) {
        Gauge.builder("bridge.turns.waiting", this, FairThreads::waiting)
                .description("Tasks that wait for a thread, over all tenants")
                .tag("threads", name)
                .register(metrics);
        Gauge.builder("bridge.turns.running", this, FairThreads::running)
                .description("Tasks that hold a thread, over all tenants")
                .tag("threads", name)
                .register(metrics);
        FunctionCounter.builder("bridge.turns.begun", this, FairThreads::begun)
                .description("Tasks that were given a thread")
                .tag("threads", name)
                .register(metrics);
        FunctionCounter.builder("bridge.turns.refused", this, FairThreads::refused)
                .description("Tasks that were refused because too many of their tenant waited")
                .tag("threads", name)
                .register(metrics);
        return this;
    }

    /**
     * Runs a task when its tenant's turn comes.
     *
     * @throws RejectedExecutionException if too many tasks of the tenant wait, or the threads are closed
     */
    public synchronized void execute(String tenant, Runnable task) {
        Line line = lines.computeIfAbsent(tenant, Line::new);
        if (line.waiting.size() >= waitingOfOneTenant) {
            refused++;
            throw new RejectedExecutionException(waitingOfOneTenant + " tasks of this tenant wait for a thread");
        }
        if (line.waiting.isEmpty()) {
            turns.add(line);
        }
        line.waiting.add(task);
        begin();
    }

    private void begin() {
        Line next;
        while ((next = next()) != null) {
            Line line = next;
            Runnable task = line.waiting.remove();
            if (!line.waiting.isEmpty()) {
                turns.add(line);
            }
            line.running++;
            running++;
            begun++;
            try {
                threads.execute(() -> run(line, task));
            } catch (OutOfMemoryError noThread) {
                line.running--;
                running--;
                begun--;
                if (line.waiting.isEmpty()) {
                    turns.addFirst(line);
                }
                line.waiting.addFirst(task);
                LOG.error("No thread for {}; what waits goes on when another task ends or comes", name, noThread);
                return;
            }
        }
    }

    /** Takes the line whose turn it is out of the turns; null if none may begin a task now. */
    private @Nullable Line next() {
        boolean crowded = running >= most - most / PARTS;
        for (Iterator<Line> each = turns.iterator(); running < most && each.hasNext(); ) {
            Line line = each.next();
            if (line.running < (crowded ? 1 : ofOneTenant)) {
                each.remove();
                return line;
            }
        }
        return null;
    }

    private void run(Line line, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A task of tenant {} on a thread for {} failed because of a bug", line.tenant, name, e);
        } finally {
            ended(line);
        }
    }

    private synchronized void ended(Line line) {
        line.running--;
        running--;
        if (line.running == 0 && line.waiting.isEmpty()) {
            lines.remove(line.tenant);
        }
        if (!threads.isShutdown()) {
            begin();
        }
    }

    private synchronized int waiting() {
        return turns.stream().mapToInt(line -> line.waiting.size()).sum();
    }

    private synchronized int running() {
        return running;
    }

    private synchronized long begun() {
        return begun;
    }

    private synchronized long refused() {
        return refused;
    }

    /** Interrupts what runs, and begins nothing more. */
    @Override
    public synchronized void close() {
        threads.shutdownNow();
    }
}
