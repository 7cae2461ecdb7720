package com.mobileapiconnect.bridge.outbox;

import com.mobileapiconnect.bridge.store.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What an operator watches. */
@Component
class OutboxMetrics {

    private final Lanes lanes;
    private final Deliveries deliveries;
    private final Store store;
    private final Clock clock;
    private final Timer calls;
    private final Map<DeliveryState, Counter> ended = new EnumMap<>(DeliveryState.class);
    private final MultiGauge depth;
    private final LaneDepths depths = new LaneDepths();
    private volatile @Nullable Instant oldestDue;

    OutboxMetrics(Lanes lanes, Deliveries deliveries, Store store, Clock clock, MeterRegistry registry) {
        this.lanes = lanes;
        this.deliveries = deliveries;
        this.store = store;
        this.clock = clock;
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
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0);
    }

    /**
     * Asks the store what no counter in memory can know after a restart. How long the oldest has been due costs one
     * look into an index per target; counting costs a look per delivery, so only so many are counted each time, and
     * the figure of a deep lane may be minutes old.
     */
    @Scheduled(fixedDelayString = "PT10S", initialDelayString = "PT5S")
    void sample() {
        List<Lane> all = lanes.all().stream()
                .sorted(Comparator.comparing(Lane::targetId))
                .toList();
        store.readLater(sql -> {
            oldestDue = all.stream()
                    .filter(lane -> lane.target().open())
                    .map(lane -> deliveries.oldestDue(sql, lane.targetId()))
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
            depths.count(all.stream().map(Lane::targetId).toList(), targetId -> deliveries.unfinished(sql, targetId));
            depth.register(depths.rows(), true);
            return all.size();
        });
    }
}
