package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The metrics of attempts. */
@Component
class AttemptMetrics {

    private static final String EXPIRED = "expired";

    private final Map<String, Timer> byOutcome;
    private final Counter deferred;
    private final Counter stepsFailed;

    AttemptMetrics(Engine engine, MeterRegistry registry) {
        this.byOutcome = Stream.of("delivered", "retry", "failed", "skipped", EXPIRED)
                .collect(Collectors.toUnmodifiableMap(Function.identity(), outcome -> Timer.builder("bridge.attempts")
                        .description("Attempts by their outcome, from their start to the last byte of the answer")
                        .tag("outcome", outcome)
                        .publishPercentileHistogram()
                        .register(registry)));
        this.deferred = Counter.builder("bridge.attempts.deferred")
                .description("Calls that were not made for lack of room, and are tried again without an attempt lost")
                .register(registry);
        this.stepsFailed = Counter.builder("bridge.steps.failed")
                .description("Steps of a route that failed after the outcome of the delivery was decided, which stands")
                .register(registry);
        Gauge.builder("bridge.calls", engine, Engine::callsUnderWay)
                .description("Calls to targets under way")
                .register(registry);
    }

    void count(Ended ended) {
        if (ended.outcome() instanceof Outcome.Deferred) {
            deferred();
            return;
        }
        if (ended.attempt().stepError() != null) {
            stepsFailed.increment();
        }
        Timer timer = byOutcome.get(outcome(ended));
        if (timer != null) {
            timer.record(Duration.ofMillis(ended.durationMs()));
        }
    }

    void deferred() {
        deferred.increment();
    }

    private static String outcome(Ended ended) {
        if (ended.outcome() instanceof Outcome.Expired) {
            return EXPIRED;
        }
        return switch (ended.state()) {
            case PENDING -> "retry";
            case DELIVERED -> "delivered";
            case FAILED -> "failed";
            case SKIPPED -> "skipped";
        };
    }
}
