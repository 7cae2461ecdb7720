package com.mobileapiconnect.bridge.lane;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Counts the threads in calls that were given up and interrupted, and go on all the same. They hold no place of any lane.
 * So that they do not become more and more, a connector with many of them gets no further calls until some have ended.
 */
@Component
class Stuck {

    private static final Logger LOG = LoggerFactory.getLogger(Stuck.class);
    /** Of one connector. Those that were under way when it is reached may join them. */
    static final int MOST = 32;
    /** What was just interrupted needs a moment to end. */
    private static final long LOGGED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Engine engine;
    private final Map<String, AtomicInteger> byConnector = new TreeMap<>(); // complete from the start

    Stuck(Senders senders, Engine engine, MeterRegistry metrics) {
        this.engine = engine;
        for (String connector : senders.connectors()) {
            AtomicInteger count = new AtomicInteger();
            byConnector.put(connector, count);
            Gauge.builder("bridge.calls.stuck", count, AtomicInteger::get)
                    .description("Threads in calls that were given up and do not end, although they were interrupted")
                    .tag("connector", connector)
                    .register(metrics);
        }
    }

    void add(String connector) {
        if (count(connector).getAndIncrement() == 0) {
            engine.after(LOGGED_AFTER_NANOS, () -> log(connector));
        }
    }

    void remove(String connector) {
        count(connector).decrementAndGet();
    }

    /** Whether a connector has so many that it gets no further call. */
    boolean full(String connector) {
        return count(connector).get() >= MOST;
    }

    /** A target may name a connector that nobody serves; its calls end at once. */
    private AtomicInteger count(String connector) {
        AtomicInteger count = byConnector.get(connector);
        return count == null ? new AtomicInteger() : count;
    }

    private void log(String connector) {
        int stuck = count(connector).get();
        if (stuck > 0) {
            LOG.warn(
                    "Connector {}: {} calls go on although their time is over and they were interrupted. Each keeps a"
                            + " thread; with {} of them no further call is made",
                    connector,
                    stuck,
                    MOST);
        }
    }
}
