package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Backlog;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The metrics of lanes. */
@Component
class LaneMetrics {

    private final Lanes lanes;
    private final Deliveries deliveries;
    private final Backlog backlog;
    private final Store store;
    private final Schedule schedule;
    private final MultiGauge depth;
    private volatile @Nullable Instant oldestDue;

    LaneMetrics(
            Lanes lanes,
            Deliveries deliveries,
            Backlog backlog,
            Store store,
            Schedule schedule,
            MeterRegistry registry) {
        this.lanes = lanes;
        this.deliveries = deliveries;
        this.backlog = backlog;
        this.store = store;
        this.schedule = schedule;
        this.depth = MultiGauge.builder("bridge.lane.depth")
                .description("Unfinished deliveries of a target")
                .register(registry);
        Gauge.builder("bridge.delivery.oldest.due", this, LaneMetrics::oldestDueSeconds)
                .description("How long the longest overdue delivery of an open target has been due")
                .baseUnit("seconds")
                .register(registry);
    }

    private double oldestDueSeconds() {
        Instant oldest = oldestDue;
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, schedule.now()).toMillis() / 1000.0);
    }

    /** Asks the store for values that no counter in memory can know after a restart. */
    @Scheduled(fixedDelayString = "PT10S", initialDelayString = "PT5S")
    void sample() {
        List<Lane> all = List.copyOf(lanes.all());
        store.readLater(sql -> {
            Instant oldest = null;
            for (Lane lane : all) {
                Instant due = lane.open() ? deliveries.oldestDue(sql, lane.targetId()) : null;
                if (due != null && (oldest == null || due.isBefore(oldest))) {
                    oldest = due;
                }
            }
            oldestDue = oldest;
            List<MultiGauge.Row<?>> rows = new ArrayList<>();
            for (Lane lane : all) {
                rows.add(MultiGauge.Row.of(Tags.of("target", lane.targetId()), backlog.of(lane.targetId())));
            }
            depth.register(rows, true);
            return rows.size();
        });
    }
}
