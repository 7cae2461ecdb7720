package com.mobileapiconnect.bridge.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Backlog;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.tracking.StoredReplays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * With 5 % failures and through crashes: none early, none out of order, none forgotten, and nothing that is sent again
 * either. A few thousand messages here; {@code -Dbridge.simulation.messages=100000} takes minutes, because every outcome
 * really reaches the disk.
 */
class SchedulePropertyTest {

    private static final int RUNS = 2;
    private static final int MESSAGES = Integer.getInteger("bridge.simulation.messages", 4_000);
    private static final RedeliveryPolicy ONCE =
            new RedeliveryPolicy(1, Duration.ofSeconds(5), 4, Duration.ofHours(6), 0.2, Duration.ofSeconds(8));
    private static final AtomicLong SEQ = new AtomicLong(1_000_000);

    private static Path data;
    private static RunningBridge bridge;

    @BeforeContainer
    static void start() throws IOException {
        data = Files.createTempDirectory("simulation");
        bridge = RunningBridge.start(data);
        bridge.bean(Outbox.class).close(); // the store and its rows are wanted, not the calls
    }

    @AfterContainer
    static void stop() throws IOException {
        bridge.close();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    @Property(tries = RUNS, shrinking = ShrinkingMode.OFF)
    void everyMessageOfASenderArrivesInOrderAndNoneIsForgotten(
            @ForAll Random seeds, @ForAll @IntRange(min = 50, max = 2000) int senders) {
        Simulation simulation = simulation(seeds, true, 0.05);
        int size = 100;
        simulation.arrive(MESSAGES / RUNS / size, size, senders, Duration.ofMillis(200));
        simulation.crashAt(Duration.ofSeconds(1));
        simulation.crashAt(Duration.ofSeconds(3));
        simulation.run();
        assertThat(simulation.crashes).isEqualTo(2);
        assertThat(simulation.attempts).isGreaterThan(MESSAGES / RUNS);
    }

    @Property(tries = RUNS, shrinking = ShrinkingMode.OFF)
    void withoutAnOrderToKeepNoneIsEarlyAndNoneForgotten(
            @ForAll Random seeds, @ForAll @DoubleRange(min = 0, max = 0.6) double failures) {
        Simulation simulation = simulation(seeds, false, failures);
        simulation.arrive(10, 100, 50, Duration.ofMillis(200));
        simulation.crashAt(Duration.ofSeconds(1));
        simulation.run();
    }

    @Property(tries = RUNS, shrinking = ShrinkingMode.OFF)
    void whatWasGivenUpArrivesByReplaysAndNoneIsForgotten(@ForAll Random seeds, @ForAll boolean ordered) {
        Simulation simulation = simulation(seeds, ordered, 0.05, ONCE);
        int size = 100;
        simulation.arrive(MESSAGES / RUNS / size, size, 300, Duration.ofMillis(200));
        simulation.replayEvery(Duration.ofMillis(700));
        IntStream.rangeClosed(1, 5).forEach(n -> simulation.crashAt(Duration.ofMillis(705L * n)));
        simulation.run();
        assertThat(simulation.replayed).isGreaterThan(MESSAGES / RUNS / 40);
    }

    private static Simulation simulation(Random seeds, boolean ordered, double failures) {
        return simulation(seeds, ordered, failures, RedeliveryPolicy.DEFAULT);
    }

    private static Simulation simulation(Random seeds, boolean ordered, double failures, RedeliveryPolicy policy) {
        Target target = SampleTarget.connection(
                "con_sim" + SEQ.incrementAndGet(), "ten_sim", policy, new Target.Pace(64, null, ordered));
        bridge.bean(Targets.class).publish(target);
        return new Simulation(
                bridge.bean(Store.class),
                SchedulePropertyTest::rows,
                target,
                seeds.nextLong(),
                failures,
                300,
                SEQ.getAndAdd(1_000_000));
    }

    private static Simulation.Rows rows(LongSupplier nanos) {
        InstantSource time = () -> Simulation.BEGIN.plusNanos(nanos.getAsLong());
        Clock clock = time.withZone(ZoneOffset.UTC);
        Store store = bridge.bean(Store.class);
        Targets targets = bridge.bean(Targets.class);
        Deliveries deliveries =
                new Deliveries(targets, clock, new Schedule(store, clock, nanos), bridge.bean(Backlog.class));
        return new Simulation.Rows(deliveries, new StoredReplays(bridge, deliveries, clock));
    }
}
