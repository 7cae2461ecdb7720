package com.mobileapiconnect.bridge.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Backlog;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.PlannedDeliveries;
import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import com.mobileapiconnect.bridge.destination.StoredTargets;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.tracking.StoredReplays;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With 5 % failures and through crashes: none early, none out of order, none forgotten, and nothing that is sent again
 * either. A few thousand messages here; {@code -Dbridge.simulation.messages=100000} takes minutes, because every outcome
 * really reaches the disk.
 */
@OnBothDatabases
class SchedulePropertyTest {

    private static final int RUNS = 2;
    private static final int MESSAGES = Integer.getInteger("bridge.simulation.messages", 4_000);
    private static final RedeliveryPolicy ONCE =
            new RedeliveryPolicy(1, Duration.ofSeconds(5), 4, Duration.ofHours(6), 0.2, Duration.ofSeconds(8));
    private static final AtomicLong TARGETS = new AtomicLong(1_000_000);

    private static RunningBridge bridge;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(data, database);
        bridge.bean(Outbox.class).close(); // the store and its rows are wanted, not the calls
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    /** One for each run; a run that fails shows its own, and it alone is run with {@code -Dbridge.simulation.seed}. */
    static LongStream seeds() {
        Long given = Long.getLong("bridge.simulation.seed");
        return given != null ? LongStream.of(given) : new Random().longs(RUNS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyMessageOfASenderArrivesInOrderAndNoneIsForgotten(long seed) {
        Random any = new Random(seed);
        int senders = 50 + any.nextInt(1_951);
        Simulation simulation = simulation(any, true, 0.05);
        int size = 100;
        simulation.arrive(MESSAGES / RUNS / size, size, senders, Duration.ofMillis(200));
        simulation.crashAt(Duration.ofSeconds(1));
        simulation.crashAt(Duration.ofSeconds(3));
        simulation.run();
        assertThat(simulation.crashes).isEqualTo(2);
        assertThat(simulation.attempts).isGreaterThan(MESSAGES / RUNS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void withoutAnOrderToKeepNoneIsEarlyAndNoneForgotten(long seed) {
        Random any = new Random(seed);
        Simulation simulation = simulation(any, false, 0.6 * any.nextDouble());
        simulation.arrive(10, 100, 50, Duration.ofMillis(200));
        simulation.crashAt(Duration.ofSeconds(1));
        simulation.run();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatWasGivenUpArrivesByReplaysAndNoneIsForgotten(long seed) {
        Random any = new Random(seed);
        Simulation simulation = simulation(any, any.nextBoolean(), 0.05, ONCE);
        int size = 100;
        simulation.arrive(MESSAGES / RUNS / size, size, 300, Duration.ofMillis(200));
        simulation.replayEvery(Duration.ofMillis(700));
        IntStream.rangeClosed(1, 5).forEach(n -> simulation.crashAt(Duration.ofMillis(705L * n)));
        simulation.run();
        assertThat(simulation.replayed).isGreaterThan(MESSAGES / RUNS / 40);
    }

    private static Simulation simulation(Random any, boolean ordered, double failures) {
        return simulation(any, ordered, failures, RedeliveryPolicy.DEFAULT);
    }

    private static Simulation simulation(Random any, boolean ordered, double failures, RedeliveryPolicy policy) {
        Target target = SampleTarget.connection(
                "con_sim" + TARGETS.incrementAndGet(), "ten_sim", policy, new Target.Pace(64, null, ordered));
        StoredTargets.put(bridge.bean(Store.class), bridge.bean(Targets.class), target);
        return new Simulation(
                bridge.bean(Store.class), SchedulePropertyTest::rows, target, any.nextLong(), failures, 300);
    }

    private static Simulation.Rows rows(LongSupplier nanos) {
        InstantSource time = () -> Simulation.BEGIN.plusNanos(nanos.getAsLong());
        Clock clock = time.withZone(ZoneOffset.UTC);
        Store store = bridge.bean(Store.class);
        Targets targets = bridge.bean(Targets.class);
        Deliveries deliveries = new Deliveries(
                targets,
                clock,
                new Schedule(store, clock, nanos),
                bridge.bean(Backlog.class),
                bridge.bean(PlannedDeliveries.class));
        return new Simulation.Rows(deliveries, new StoredReplays(bridge, deliveries, clock));
    }
}
