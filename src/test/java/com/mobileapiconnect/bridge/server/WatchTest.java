package com.mobileapiconnect.bridge.server;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.annotation.Bean;

/** A thread that all others depend on is dead, or does not move: the process ends. */
@LongRunning
class WatchTest {

    private static final AtomicInteger ENDED_WITH = new AtomicInteger();
    /** So that a thread that a busy machine keeps from answering for some seconds is not taken for a stuck one. */
    private static final String STUCK_AFTER = "bridge.watch.stuck-after=PT20S";

    @TempDir
    Path data;

    static class NoExit {
        @Bean
        ProcessEnd processEnd() {
            return ENDED_WITH::set;
        }
    }

    private final Logger log = (Logger) LoggerFactory.getLogger(Watch.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeEach
    void reset() {
        ENDED_WITH.set(0);
    }

    private RunningBridge start() {
        RunningBridge bridge = RunningBridge.start(List.of(NoExit.class), data, STUCK_AFTER);
        said.start();
        log.addAppender(said); // not before: the start of a bridge sets the logs up anew
        return bridge;
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(said);
    }

    /** The process is ended because of this thread, and of no other that is only slow. */
    private void endsBecauseOf(String thread) {
        within(120, () -> assertThat(ENDED_WITH).hasValue(70));
        assertThat(List.copyOf(said.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.startsWith("No sign of life from " + thread + " for"));
    }

    @Test
    void aThreadThatDoesNotMoveEndsTheProcessAndOthersThatDoNever() throws Exception {
        CountDownLatch asked = new CountDownLatch(3);
        CountDownLatch goOn = new CountDownLatch(1);
        try (RunningBridge bridge = start()) {
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
            endsBecauseOf("outbox-commits");
            goOn.countDown();
        }
    }

    @Test
    void aWriterThatDoesNotMoveEndsTheProcess() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (RunningBridge bridge = start()) {
            bridge.bean(Store.class).write(tx -> {
                await(goOn);
                return true;
            });
            endsBecauseOf("store-writer");
            goOn.countDown();
        }
    }

    @Test
    @SuppressWarnings({"deprecation", "removal"})
    void aServerWhosePollerHasDiedEndsTheProcess() throws Exception {
        assumeTrue(Runtime.version().feature() < 20, "later threads cannot be stopped from outside");
        Set<Thread> ofOtherBridges = threads("-Poller");
        try (RunningBridge bridge = start()) {
            bridge.nobody().get("/actuator/health").expect(200);
            Set<Thread> own = threads("-Poller");
            own.removeAll(ofOtherBridges);
            assertThat(own).hasSize(1);
            for (Thread poller : own) {
                poller.stop();
                poller.join();
            }
            endsBecauseOf("the HTTP server's acceptor, poller or request threads");
        }
    }

    @Test
    void aShortTimeEndsNobodyWhoAnswers() {
        AtomicInteger asked = new AtomicInteger();
        Pulse answers = new Pulse() {
            @Override
            public String name() {
                return "quick";
            }

            @Override
            public void ask(Runnable alive) {
                asked.incrementAndGet();
                alive.run();
            }
        };
        StaticListableBeanFactory end = new StaticListableBeanFactory();
        end.addBean("processEnd", (ProcessEnd) ENDED_WITH::set);
        said.start();
        log.addAppender(said);
        try (JdbcStore store = Database.SQLITE.store(data)) {
            Watch watch = new Watch(
                    store,
                    List.of(answers),
                    new WatchSettings(Duration.ofSeconds(1)),
                    end.getBeanProvider(ProcessEnd.class));
            watch.start();
            eventually(() -> assertThat(asked).hasValueGreaterThan(4));
            watch.destroy();
        }
        assertThat(List.copyOf(said.list)).isEmpty();
        assertThat(ENDED_WITH).hasValue(0);
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
