package com.mobileapiconnect.bridge.lane;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Counts threads in calls that were given up and interrupted but continue. Such threads hold no place of any lane. To
 * bound their number, a connector with many of them gets no further calls until some have ended; and so does a tenant
 * with a share of them, before it has taken the connector from the others.
 */
@Component
class Stuck {

    private static final Logger LOG = LoggerFactory.getLogger(Stuck.class);
    /** The limit of a connector. Calls under way when it is reached may exceed it. */
    static final int MOST = 32;
    /** The limit of a tenant's calls of a connector. */
    static final int MOST_OF_ONE_TENANT = 8;
    /** The time that an interrupted call has to end before it is logged. */
    private static final long LOGGED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Engine engine;
    private final Map<String, AtomicInteger> byConnector = new TreeMap<>(); // complete from the start
    private final Map<Share, Integer> shares = new ConcurrentHashMap<>();

    private record Share(String connector, String tenantId) {}

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

    void add(String connector, String tenantId) {
        shares.merge(new Share(connector, tenantId), 1, Integer::sum);
        if (count(connector).getAndIncrement() == 0) {
            engine.after(LOGGED_AFTER_NANOS, () -> log(connector));
        }
    }

    void remove(String connector, String tenantId) {
        shares.computeIfPresent(new Share(connector, tenantId), (share, count) -> count > 1 ? count - 1 : null);
        count(connector).decrementAndGet();
    }

    /** Returns whether a connector has so many stuck threads that this tenant gets no further call. */
    boolean full(String connector, String tenantId) {
        int all = count(connector).get();
        return all >= MOST
                || (all >= MOST_OF_ONE_TENANT
                        && shares.getOrDefault(new Share(connector, tenantId), 0) >= MOST_OF_ONE_TENANT);
    }

    /** Returns the count of a connector. A target may name a connector that does not exist; its calls end at once. */
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
