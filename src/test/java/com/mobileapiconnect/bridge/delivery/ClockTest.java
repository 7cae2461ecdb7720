package com.mobileapiconnect.bridge.delivery;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.ShiftedClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A wall clock that is set while the bridge runs loses, stalls and hurries nothing. */
@OnBothDatabases
class ClockTest {

    private static final long DELAY_MILLIS = 1_500;
    private static final ShiftedClock WALL = new ShiftedClock();

    @TempDir
    Path data;

    static class SetClock {

        @Bean
        @Primary
        Clock wallClock() {
            return WALL;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void aRetryComesAfterItsDelayWhateverTheWallClockWasSetTo(Duration step, Database database) {
        WALL.setBy(Duration.ZERO);
        List<Long> calls = new CopyOnWriteArrayList<>(); // of the first message
        CountDownLatch looked = new CountDownLatch(1); // on a busy machine the second call may come before that
        try (Receiver receiver = new Receiver().answering(got -> {
                    if (got.text().contains("second")) {
                        return Receiver.Answer.of(200);
                    }
                    calls.add(System.nanoTime());
                    return Receiver.Answer.of(calls.size() == 1 || !isOver(looked) ? 503 : 200);
                });
                RunningBridge bridge = RunningBridge.start(List.of(SetClock.class), data, database)) {
            String policy = "{\"initialDelay\":\"PT1.5S\",\"multiplier\":1,\"jitter\":0,\"timeout\":\"PT30S\"}";
            bridge.tenant()
                    .post(
                            "/v1/connections",
                            "{\"name\":\"c\",\"outboundUrl\":\"%s\",\"redelivery\":%s}"
                                    .formatted(receiver.url("/c"), policy))
                    .expect(201);
            Api phone = bridge.phone();
            phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"first\"}").expect(202);
            eventually(() -> assertThat(
                            bridge.tenant().get("/v1/deliveries").json().at("/data/0/attempts"))
                    .isNotEmpty());

            WALL.setBy(step);
            bridge.bean(Schedule.class).noteSteps();
            Instant next = Instant.parse(bridge.tenant().get("/v1/deliveries").at("/data/0/nextAttemptAt"));
            assertThat(next)
                    .isBetween(
                            Instant.now().plus(step).minusSeconds(60),
                            Instant.now().plus(step).plusSeconds(60));
            looked.countDown();
            eventually(() -> assertThat(calls).hasSizeGreaterThanOrEqualTo(2));
            assertThat(TimeUnit.NANOSECONDS.toMillis(calls.get(1) - calls.get(0)))
                    .isGreaterThanOrEqualTo(DELAY_MILLIS - 100);

            // What comes after it is delivered at once, and stands first in the list.
            String second = phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"second\"}")
                    .expect(202)
                    .at("/messages/0/id");
            eventually(() ->
                    assertThat(receiver.requests()).anyMatch(got -> got.text().contains("second")));
            assertThat(bridge.tenant().get("/v1/deliveries").at("/data/0/messageId"))
                    .isEqualTo(second);
        }
    }

    private static boolean isOver(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void whatIsDueAfterARestartIsJudgedByTheSameTime(Database database) {
        AtomicLong nanos = new AtomicLong();
        WALL.setBy(Duration.ZERO);
        try (JdbcStore store = database.store(data)) {
            Schedule running = new Schedule(store, WALL, nanos::get);
            Instant due = running.now().plusSeconds(10);
            WALL.setBy(Duration.ofHours(-1));
            running.noteSteps();
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));

            Schedule restarted = new Schedule(store, WALL, nanos::get);
            assertThat(restarted.now()).isBetween(due.minusSeconds(60), due.plusSeconds(60));
            assertThat(restarted.onTheWall(due))
                    .isBetween(WALL.instant().minusSeconds(60), WALL.instant().plusSeconds(60));
        } finally {
            WALL.setBy(Duration.ZERO);
        }
    }
}
