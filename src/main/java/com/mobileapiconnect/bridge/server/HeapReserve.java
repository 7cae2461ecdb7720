package com.mobileapiconnect.bridge.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has the heap keep little in reserve while the bridge has little to do, so that the system gets memory back, and more
 * while it has much to do: a heap with little in reserve is marked again and again, which took a fifth of all processor
 * time. Once there is little to do, after the start and after each such time, a collection has the heap shrink: without one
 * it stays as large as it was. Flags that an operator has set are never changed.
 */
@Component
class HeapReserve {

    private static final Logger LOG = LoggerFactory.getLogger(HeapReserve.class);

    private static final String LEAST = "MinHeapFreeRatio";
    private static final String MOST = "MaxHeapFreeRatio";
    private static final String SHRINKS_EVERY = "G1PeriodicGCInterval";
    private static final String MINUTE = "60000";

    /** Collections within one interval that are much to do: some 50 messages a second. */
    private static final int BUSY = 2;
    /** Intervals after which the bridge counts as having little to do: a minute without much. */
    private static final int CALM_INTERVALS = 6;

    /** The runtime's flags that can be changed while it runs. */
    interface Flags {

        /** Returns whether the flag exists, can be changed, and has the runtime's own value. */
        boolean free(String name);

        void set(String name, String value);
    }

    private final Flags flags;
    private final LongSupplier collections;
    private final Runnable collector;
    private final boolean sizes;
    private final Deque<Long> latest = new ArrayDeque<>();
    private boolean much;
    /** Whether the heap has not shrunk since the start, or since there was much to do. */
    private boolean grown = true;

    @Autowired
    HeapReserve() {
        this(new OfRuntime(), HeapReserve::collections, System::gc);
    }

    HeapReserve(Flags flags, LongSupplier collections, Runnable collector) {
        this.flags = flags;
        this.collections = collections;
        this.collector = collector;
        this.sizes = flags.free(LEAST) && flags.free(MOST);
        if (sizes) {
            keepLittle();
        }
        if (flags.free(SHRINKS_EVERY)) {
            flags.set(SHRINKS_EVERY, MINUTE);
        }
    }

    @Scheduled(fixedDelayString = "PT10S")
    void look() {
        if (!sizes) {
            return;
        }
        long now = collections.getAsLong();
        boolean first = latest.isEmpty();
        boolean busy = !first && now - latest.getLast() >= BUSY;
        latest.addLast(now);
        if (latest.size() > CALM_INTERVALS + 1) {
            latest.removeFirst();
        }
        boolean calm = latest.size() > CALM_INTERVALS && now - latest.getFirst() < BUSY;
        if (busy && !much) {
            much = true;
            grown = true;
            keepMuch();
        } else if (calm && much) {
            much = false;
            keepLittle();
        }
        if (grown && !much && !busy && !first) {
            grown = false;
            collector.run();
            // What it counts is none of what the load made necessary.
            latest.clear();
            latest.addLast(collections.getAsLong());
        }
    }

    // In these orders, because the runtime refuses a minimum above the maximum.

    private void keepLittle() {
        flags.set(LEAST, "20");
        flags.set(MOST, "40");
    }

    private void keepMuch() {
        flags.set(MOST, "70");
        flags.set(LEAST, "65");
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static final class OfRuntime implements Flags {

        // Null where the Java is another one than HotSpot.
        private final @Nullable HotSpotDiagnosticMXBean runtime =
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

        private final Set<String> free =
                Stream.of(LEAST, MOST, SHRINKS_EVERY).filter(this::isDefault).collect(Collectors.toSet());

        private boolean isDefault(String name) {
            if (runtime == null) {
                return false;
            }
            try {
                VMOption option = runtime.getVMOption(name);
                return option.isWriteable() && option.getOrigin() == VMOption.Origin.DEFAULT;
            } catch (IllegalArgumentException e) {
                LOG.debug("This runtime has no {}", name);
                return false;
            }
        }

        @Override
        public boolean free(String name) {
            return free.contains(name);
        }

        @Override
        public void set(String name, String value) {
            if (runtime != null) {
                runtime.setVMOption(name, value);
            }
        }
    }
}
