package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.destination.Target;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Counts threads in calls that were given up and interrupted but continue. Such threads hold no place of any lane. To
 * bound their number, a connector with many of them gets no further calls until some have ended; and so does a tenant
 * with a share of them, before it has taken the connector from the others. A thread in a step of the route is no
 * connector's: it counts for its target alone, and within its tenant's share of all workers.
 */
@Component
class Stuck {

    private static final Logger LOG = LoggerFactory.getLogger(Stuck.class);
    /** The limit of a connector. Calls under way when it is reached may exceed it. */
    static final int MOST = 32;
    /** The limit of a tenant's calls of a connector. */
    static final int MOST_OF_ONE_TENANT = 8;
    /** The limit of a target's calls in steps. */
    static final int MOST_STEPS_OF_ONE_TARGET = 4;
    /** The time that an interrupted call has to end before it is logged. */
    private static final long LOGGED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Engine engine;
    private final MeterRegistry metrics;
    /** Complete from the start, but for connectors that are files. */
    private final Map<String, AtomicInteger> byConnector = new ConcurrentHashMap<>();

    private final Map<Share, Integer> shares = new ConcurrentHashMap<>();
    private final Map<String, Integer> stepsByTarget = new ConcurrentHashMap<>();
    private final AtomicInteger steps = new AtomicInteger();

    private record Share(String connector, String tenantId) {}

    Stuck(Senders senders, Engine engine, MeterRegistry metrics) {
        this.engine = engine;
        this.metrics = metrics;
        senders.connectors().forEach(this::counted);
        Gauge.builder("bridge.steps.stuck", steps, AtomicInteger::get)
                .description(
                        "Threads in steps of a route that were given up and do not end, although they were interrupted")
                .register(metrics);
    }

    private AtomicInteger counted(String connector) {
        return byConnector.computeIfAbsent(connector, any -> {
            AtomicInteger count = new AtomicInteger();
            Gauge.builder("bridge.calls.stuck", count, AtomicInteger::get)
                    .description("Threads in calls that were given up and do not end, although they were interrupted")
                    .tag("connector", connector)
                    .register(metrics);
            return count;
        });
    }

    void add(Call call) {
        Target target = call.attempt().target();
        if (call.keptBySteps()) {
            steps.incrementAndGet();
            engine.keepsThread(target.tenantId(), 1);
            if (stepsByTarget.merge(target.id(), 1, Integer::sum) == 1) {
                String step = call.step();
                engine.after(LOGGED_AFTER_NANOS, () -> logSteps(target, step));
            }
            return;
        }
        String connector = call.connector();
        shares.merge(new Share(connector, target.tenantId()), 1, Integer::sum);
        if (counted(connector).getAndIncrement() == 0) {
            engine.after(LOGGED_AFTER_NANOS, () -> log(connector));
        }
    }

    void remove(Call call) {
        Target target = call.attempt().target();
        if (call.keptBySteps()) {
            steps.decrementAndGet();
            engine.keepsThread(target.tenantId(), -1);
            stepsByTarget.computeIfPresent(target.id(), (id, count) -> count > 1 ? count - 1 : null);
            return;
        }
        shares.computeIfPresent(
                new Share(call.connector(), target.tenantId()), (share, count) -> count > 1 ? count - 1 : null);
        counted(call.connector()).decrementAndGet();
    }

    /** Returns the reason for which a target gets no further call, for people; null if it may have one. */
    @Nullable String full(Target target) {
        String connector = target.connector();
        int all = count(connector);
        if (all >= MOST
                || (all >= MOST_OF_ONE_TENANT
                        && shares.getOrDefault(new Share(connector, target.tenantId()), 0) >= MOST_OF_ONE_TENANT)) {
            return "Calls of the connector " + connector
                    + " go on although their time is over; no other is made until some of them have ended";
        } else if (steps.get() > 0 && stepsByTarget.getOrDefault(target.id(), 0) >= MOST_STEPS_OF_ONE_TARGET) {
            return "Steps of the route go on for this target although their time is over; no other call is made until"
                    + " some of them have ended";
        }
        return null;
    }

    /** Returns the threads of a connector. A target may name one that does not exist; its calls end at once. */
    private int count(String connector) {
        AtomicInteger count = byConnector.get(connector);
        return count == null ? 0 : count.get();
    }

    private void log(String connector) {
        int stuck = count(connector);
        if (stuck > 0) {
            LOG.warn(
                    "Connector {}: {} calls go on although their time is over and they were interrupted. Each keeps a"
                            + " thread; with {} of them no further call is made",
                    connector,
                    stuck,
                    MOST);
        }
    }

    private void logSteps(Target target, String step) {
        int stuck = stepsByTarget.getOrDefault(target.id(), 0);
        if (stuck > 0) {
            LOG.warn(
                    "Target {} of tenant {}: {} calls are in {} of the route although their time is over and they were"
                            + " interrupted. Each keeps a thread; with {} of them no further call is made",
                    target.publicId(),
                    target.tenantId(),
                    stuck,
                    step,
                    MOST_STEPS_OF_ONE_TARGET);
        }
    }
}
