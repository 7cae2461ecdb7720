package com.mobileapiconnect.bridge.server;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.LongRunning;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.thread.Pulse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.annotation.Bean;

/** A thread that all others depend on is dead, or does not move: the process ends. */
@LongRunning
class WatchTest {

    private static final AtomicInteger ENDED_WITH = new AtomicInteger();
    private static final String STUCK_AFTER = "bridge.watch.stuck-after=PT3S";

    @TempDir
    Path data;

    static class NoExit {
        @Bean
        ProcessEnd processEnd() {
            return ENDED_WITH::set;
        }
    }

    @BeforeEach
    void reset() {
        ENDED_WITH.set(0);
    }

    @Test
    void aThreadThatDoesNotMoveEndsTheProcessAndOthersThatDoNever() throws Exception {
        CountDownLatch asked = new CountDownLatch(3);
        CountDownLatch goOn = new CountDownLatch(1);
        try (RunningBridge bridge = RunningBridge.start(List.of(NoExit.class), data, STUCK_AFTER)) {
            Pulse commits = bridge.beans(Pulse.class).stream()
                    .filter(pulse -> pulse.name().equals("outbox-commits"))
                    .findFirst()
                    .orElseThrow();
            eventually(() -> {
                bridge.beans(Pulse.class).forEach(pulse -> pulse.ask(asked::countDown));
                assertThat(asked.getCount()).isZero();
            });
            assertThat(ENDED_WITH).hasValue(0);
            commits.ask(() -> await(goOn));
            eventually(() -> assertThat(ENDED_WITH).hasValue(70));
            goOn.countDown();
        }
    }

    @Test
    void aWriterThatDoesNotMoveEndsTheProcess() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (RunningBridge bridge = RunningBridge.start(List.of(NoExit.class), data, STUCK_AFTER)) {
            bridge.bean(Store.class).write(tx -> {
                await(goOn);
                return true;
            });
            eventually(() -> assertThat(ENDED_WITH).hasValue(70));
            goOn.countDown();
        }
    }

    @Test
    @SuppressWarnings({"deprecation", "removal"})
    void aServerWhosePollerHasDiedEndsTheProcess() throws Exception {
        assumeTrue(Runtime.version().feature() < 20, "later threads cannot be stopped from outside");
        Set<Thread> ofOtherBridges = threads("-Poller");
        try (RunningBridge bridge = RunningBridge.start(List.of(NoExit.class), data, STUCK_AFTER)) {
            bridge.nobody().get("/actuator/health").expect(200);
            Set<Thread> own = threads("-Poller");
            own.removeAll(ofOtherBridges);
            assertThat(own).hasSize(1);
            for (Thread poller : own) {
                poller.stop();
                poller.join();
            }
            eventually(() -> assertThat(ENDED_WITH).hasValue(70));
        }
    }

    @Test
    void aStartThatFailsLateLeavesNoWatchBehind() {
        Set<Thread> before = threads("watch");
        try (JdbcStore store = Database.SQLITE.store(data)) {
            Watch watch = new Watch(
                    store,
                    List.of(),
                    new WatchSettings(Duration.ofSeconds(3)),
                    new StaticListableBeanFactory().getBeanProvider(ProcessEnd.class));
            watch.start();
            Set<Thread> own = threads("watch");
            own.removeAll(before);
            assertThat(own).hasSize(1);

            watch.destroy();

            eventually(() -> assertThat(own).noneMatch(Thread::isAlive));
            assertThat(watch.isRunning()).isFalse();
        }
    }

    private static Set<Thread> threads(String nameEnd) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith(nameEnd))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static void await(CountDownLatch goOn) {
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
