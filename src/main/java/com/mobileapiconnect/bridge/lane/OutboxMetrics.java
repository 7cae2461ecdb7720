package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Backlog;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.store.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What an operator watches. */
@Component
class OutboxMetrics {

    private final Lanes lanes;
    private final Deliveries deliveries;
    private final Backlog backlog;
    private final Store store;
    private final Schedule schedule;
    private final Timer calls;
    private final Map<DeliveryState, Counter> ended = new EnumMap<>(DeliveryState.class);
    private final MultiGauge depth;
    private volatile @Nullable Instant oldestDue;

    OutboxMetrics(
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
        this.calls = Timer.builder("bridge.attempts")
                .description("Calls to targets, from their start to the last byte of the answer")
                .publishPercentileHistogram()
                .register(registry);
        for (DeliveryState state : DeliveryState.values()) {
            String outcome =
                    state == DeliveryState.PENDING ? "retry" : state.name().toLowerCase(Locale.ROOT);
            ended.put(
                    state,
                    Counter.builder("bridge.deliveries")
                            .description("Attempts by what became of the delivery")
                            .tag("outcome", outcome)
                            .register(registry));
        }
        this.depth = MultiGauge.builder("bridge.lane.depth")
                .description("Unfinished deliveries of a target")
                .register(registry);
        Gauge.builder("bridge.calls", lanes, Lanes::callsUnderWay)
                .description("Calls to targets under way")
                .register(registry);
        Gauge.builder("bridge.delivery.oldest.due", this, OutboxMetrics::oldestDueSeconds)
                .description("How long the longest overdue delivery of an open target has been due")
                .baseUnit("seconds")
                .register(registry);
    }

    void count(Ended attempt) {
        Counter counter = ended.get(attempt.state());
        if (counter != null) {
            counter.increment();
        }
        if (attempt.called()) {
            calls.record(Duration.ofMillis(attempt.durationMs()));
        }
    }

    private double oldestDueSeconds() {
        Instant oldest = oldestDue;
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, schedule.now()).toMillis() / 1000.0);
    }

    /** Asks the store what no counter in memory can know after a restart. */
    @Scheduled(fixedDelayString = "PT10S", initialDelayString = "PT5S")
    void sample() {
        List<Lane> all = List.copyOf(lanes.all());
        store.readLater(sql -> {
            Instant oldest = null;
            for (Lane lane : all) {
                Instant due = lane.target().open() ? deliveries.oldestDue(sql, lane.targetId()) : null;
                if (due != null && (oldest == null || due.isBefore(oldest))) {
                    oldest = due;
                }
            }
            oldestDue = oldest;
            List<MultiGauge.Row<?>> rows = new java.util.ArrayList<>();
            for (Lane lane : all) {
                rows.add(MultiGauge.Row.of(Tags.of("target", lane.targetId()), backlog.of(lane.targetId())));
            }
            depth.register(rows, true);
            return rows.size();
        });
    }
}
