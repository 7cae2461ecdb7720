package com.mobileapiconnect.bridge.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.StoredDeliveries;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A delivery is counted when it ends, by how it ends, and by how long it took since somebody last asked for it. */
@OnBothDatabases
class OutcomesCountedTest {

    private static final Instant NOW = StoredDeliveries.NOW;
    private static final Outcome DELIVERED = new Outcome.Delivered(Outcome.Evidence.ok(200, null));
    private static final Outcome REJECTED =
            new Outcome.Rejected(Outcome.Evidence.failure(Outcome.ErrorClass.HTTP, "no"));

    @TempDir
    Path directory;

    private StoredDeliveries stored;

    @BeforeEach
    void open(Database database) {
        stored = new StoredDeliveries(database, directory);
        stored.put(StoredDeliveries.target("con_1", false));
    }

    @AfterEach
    void close() {
        stored.close();
    }

    private void end(Delivery delivery, Outcome outcome, Instant at) {
        Attempt attempt = new Attempt(delivery, StoredDeliveries.target("con_1", false), at, 0);
        Ended ended = Ended.of(attempt, outcome, at, 5, new Random(1));
        stored.store.writeNow(tx -> stored.deliveries.settle(tx, List.of(ended), at));
    }

    private Delivery due() {
        return stored.due("con_1", false, NOW.plus(Duration.ofDays(30)), 1).get(0);
    }

    private List<String> hours(@Nullable String target) {
        new RollUp(stored.store, Clock.fixed(NOW, ZoneOffset.UTC), new StatSettings(Duration.ofSeconds(5))).run();
        List<String> hours = new ArrayList<>();
        StatQueries.Period period =
                new StatQueries.Period(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(30)));
        stored.store.read(sql -> {
            StatQueries.hours(
                    sql,
                    "ten_1",
                    target,
                    period,
                    (begin, counts) -> hours.add("%s %d %d %d %d %s"
                            .formatted(
                                    begin,
                                    counts.received(),
                                    counts.delivered(),
                                    counts.failed(),
                                    counts.skipped(),
                                    counts.latencies().percentile(50))));
            return hours;
        });
        return hours;
    }

    @Test
    void anOutcomeThreeDaysAfterItsMessageIsCountedThenAndTookThreeDays() {
        Delivery delivery = stored.delivery("1");
        end(delivery, DELIVERED, NOW.plus(Duration.ofDays(3)));

        long shown = Latencies.millis(Latencies.bucket(Duration.ofDays(3).toMillis()));
        assertThat(hours("con_1")).containsExactly("2026-06-15T14:00:00Z 0 1 0 0 " + shown);
        assertThat(hours(null))
                .containsExactly("2026-06-12T14:00:00Z 1 0 0 0 null", "2026-06-15T14:00:00Z 0 1 0 0 " + shown);
    }

    @Test
    void attemptsThatAreNotTheLastAreNotCounted() {
        Delivery delivery = stored.delivery("1");
        end(delivery, new Outcome.Retry(Outcome.Evidence.failure(Outcome.ErrorClass.TIMEOUT, "slow"), null), NOW);
        assertThat(hours("con_1")).isEmpty();

        end(due(), DELIVERED, NOW.plusMillis(14));
        assertThat(hours("con_1")).containsExactly("2026-06-12T14:00:00Z 0 1 0 0 14");
    }

    @Test
    void anOutcomeThatComesTwiceIsCountedOnce() {
        Delivery delivery = stored.delivery("1");
        end(delivery, DELIVERED, NOW.plusMillis(10));
        end(delivery, DELIVERED, NOW.plusMillis(20));

        assertThat(hours("con_1")).containsExactly("2026-06-12T14:00:00Z 0 1 0 0 10");
    }

    @Test
    void whatFailedAndIsSentAgainCountsAsBothAndTookAsLongAsTheSecondTime() {
        Delivery delivery = stored.delivery("1");
        end(delivery, REJECTED, NOW);
        stored.store.writeNow(tx -> {
            stored.deliveries.requeue(tx, List.of(delivery.id()), DeliveryState.FAILED);
            return tx;
        });
        end(due(), DELIVERED, NOW.plusMillis(7));

        assertThat(hours("con_1")).containsExactly("2026-06-12T14:00:00Z 0 1 1 0 7");
    }

    @Test
    void whatIsDiscardedHasFailed() {
        Delivery one = stored.delivery("1");
        Delivery two = stored.delivery("2");
        end(two, new Outcome.Skipped("not today"), NOW);
        stored.store.writeNow(tx -> {
            stored.deliveries.discard(tx, List.of(one.id(), two.id()));
            return tx;
        });

        assertThat(hours("con_1")).containsExactly("2026-06-12T14:00:00Z 0 0 1 1 null");
    }

    @Test
    void aDeliveryThatWasErasedMeanwhileHasNoOutcome() {
        Delivery delivery = stored.delivery("1");
        stored.store.writeNow(tx -> tx.sql()
                .sql("delete from delivery where id = ?")
                .param(delivery.id())
                .update());
        end(delivery, DELIVERED, NOW);

        assertThat(hours("con_1")).isEmpty();
    }

    @Test
    void aClockThatWasSetBackMakesNoNegativeTime() {
        end(stored.delivery("1"), DELIVERED, NOW.minus(Duration.ofMinutes(10)));

        assertThat(hours("con_1")).containsExactly("2026-06-12T14:00:00Z 0 1 0 0 0");
    }
}
