package com.mobileapiconnect.bridge.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
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
 * Has the heap keep much in reserve while the bridge has much to do, and little while it has little to do, so that the
 * system gets memory back. A heap with little in reserve is marked again and again, which took a fifth of all processor time
 * and stopped requests for 50 ms each time. Since the heap only shrinks when all of it is collected, it is collected once the
 * start is over, and once each time with much to do is over. Flags that an operator has set are never changed.
 */
@Component
class HeapReserve {

    private static final Logger LOG = LoggerFactory.getLogger(HeapReserve.class);

    private static final String LEAST = "MinHeapFreeRatio";
    private static final String MOST = "MaxHeapFreeRatio";
    private static final String SHRINKS_EVERY = "G1PeriodicGCInterval";
    private static final String MINUTE = "60000";

    /** Collections within one interval, or within those of a calm time, that are much to do: some 50 messages a second. */
    private static final int BUSY = 2;
    /** Intervals after which the bridge counts as having little to do: a minute without much. */
    private static final int CALM_INTERVALS = 6;
    /** The same for the time after the start, of which nobody knows yet whether there will be much to do. */
    private static final int CALM_INTERVALS_AT_START = 1;

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
    /** Collections so far at each look, the last one first. */
    private final List<Long> latest = new ArrayList<>();

    private boolean much = true;
    private int calmAfter = CALM_INTERVALS_AT_START;

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
            keepMuch();
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
        latest.add(0, collections.getAsLong());
        if (latest.size() > CALM_INTERVALS + 1) {
            latest.remove(latest.size() - 1);
        }
        if (latest.size() == 1) {
            return;
        }
        if (!calmFor(1)) {
            calmAfter = CALM_INTERVALS;
            if (!much) {
                much = true;
                keepMuch();
            }
        } else if (much && calmFor(calmAfter)) {
            much = false;
            keepLittle();
            collector.run();
            // What it counts is none of what a load made necessary.
            latest.clear();
            latest.add(0, collections.getAsLong());
        }
    }

    private boolean calmFor(int intervals) {
        return latest.size() > intervals && latest.get(0) - latest.get(intervals) < BUSY;
    }

    // In these orders, because the runtime refuses a minimum above the maximum.

    private void keepLittle() {
        flags.set(LEAST, "20");
        flags.set(MOST, "40");
    }

    private void keepMuch() {
        flags.set(MOST, "75");
        flags.set(LEAST, "70");
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
