package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.delivery.SenderOrder;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.store.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Finds deliveries that would never be sent: due, with an open target, but unknown to a lane that believes itself idle.
 * None are expected; those found are counted, logged and brought back.
 */
@Component
class Sweep implements SchedulingConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    // A delivery committed a moment ago may not have reached its lane yet.
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration FIRST_AFTER = Duration.ofSeconds(10);
    private static final int LOOKED_AT = 200;

    private final Lanes lanes;
    private final Deliveries deliveries;
    private final Store store;
    private final Schedule schedule;
    private final OutboxSettings settings;
    private final Counter found;

    Sweep(
            Lanes lanes,
            Deliveries deliveries,
            Store store,
            Schedule schedule,
            OutboxSettings settings,
            MeterRegistry metrics) {
        this.lanes = lanes;
        this.deliveries = deliveries;
        this.store = store;
        this.schedule = schedule;
        this.settings = settings;
        this.found = Counter.builder("bridge.sweep.found")
                .description("Deliveries that were in no lane although they should have been")
                .register(metrics);
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::run, settings.sweepEvery(), FIRST_AFTER));
    }

    /** Looks once, now. */
    void run() {
        int strays = 0;
        for (Lane lane : lanes.all()) {
            strays += strays(lane);
        }
        if (strays > 0) {
            LOG.warn("{} deliveries were in no lane; they are brought back", strays);
            found.increment(strays);
        }
        lanes.sweep();
    }

    private int strays(Lane lane) {
        if (!lane.caughtUp()) {
            return 0; // the lane looks without being told
        }
        int strays = 0;
        Instant before = schedule.now().minus(GRACE);
        String target = lane.targetId();
        List<String> due = store.read(sql -> deliveries.dueIds(sql, target, before, LOOKED_AT));
        for (String id : due) {
            // Neither before nor after the query in the lane, so the delivery is not just being settled.
            if (!lane.holds(id)
                    && store.read(sql -> deliveries.stillDue(sql, id, before))
                    && !lane.holds(id)
                    && lane.caughtUp()) {
                strays++;
            }
        }
        if (lane.target().pace().ordered() && lane.idle()) {
            strays += headless(lane.target());
        }
        return strays;
    }

    private int headless(Target target) {
        if (store.read(sql -> SenderOrder.headless(sql, target.id())).isEmpty()) {
            return 0;
        }
        return store.writeNow(target.tenantId(), tx -> deliveries.releaseHeadless(tx, target.id()));
    }
}
