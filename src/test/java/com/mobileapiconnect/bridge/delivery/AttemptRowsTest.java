package com.mobileapiconnect.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of attempts, whose first ones stand in the rows of deliveries. */
@OnBothDatabases
class AttemptRowsTest {

    private static final Instant NOW = StoredDeliveries.NOW;

    private StoredDeliveries stored;

    @TempDir
    Path directory;

    @BeforeEach
    void open(Database database) {
        stored = new StoredDeliveries(database, directory);
    }

    @AfterEach
    void close() {
        stored.close();
    }

    private void fails(Delivery delivery, int before, String why) {
        Delivery again = new Delivery(
                delivery.id(),
                delivery.tenantId(),
                delivery.message(),
                delivery.targetId(),
                "",
                null,
                before,
                0,
                NOW,
                NOW,
                delivery.event(),
                null,
                null);
        Outcome.Evidence evidence =
                new Outcome.Evidence(503, Outcome.ErrorClass.HTTP, why, "body " + why, "https://l/");
        Attempt attempt = new Attempt(again, StoredDeliveries.target("con_1", false), NOW.plusSeconds(before), 0);
        attempt.stepFailed("step " + why);
        Ended ended = new Ended(
                attempt, new Outcome.Retry(evidence, null), 7, DeliveryState.PENDING, null, NOW.plusSeconds(9));
        stored.store.writeNow(tx -> stored.deliveries.settle(tx, List.of(ended), NOW));
    }

    private List<String> log() {
        return stored.store.read(sql -> sql.sql("select * from" + AttemptRows.ALL + "order by n")
                .query((row, n) -> String.join(
                        " | ",
                        row.getString("n"),
                        row.getString("at"),
                        row.getString("duration_ms"),
                        row.getString("success"),
                        row.getString("error_class"),
                        row.getString("http_status"),
                        row.getString("error"),
                        row.getString("response_body"),
                        row.getString("step_error"),
                        row.getString("location")))
                .list());
    }

    private static String line(int n, String why) {
        long at = NOW.plusSeconds(n - 1).toEpochMilli();
        return n + " | " + at + " | 7 | 0 | http | 503 | " + why + " | body " + why + " | step " + why
                + " | https://l/";
    }

    @Test
    void theFirstAttemptAndLaterOnesAreOneLog() {
        Delivery delivery = stored.delivery("1");
        fails(delivery, 0, "first");
        assertThat(stored.number("select count(*) from attempt")).isZero();
        fails(delivery, 1, "second");

        assertThat(log()).containsExactly(line(1, "first"), line(2, "second"));
        assertThat(stored.store.<Boolean>read(sql -> EarlierAttempts.mayHaveArrived(sql, delivery.id())))
                .as("they were answered with 503")
                .isTrue();
    }

    @Test
    void anAttemptIsKeptOfADeliveryThatWasDiscardedDuringItAndNoneOfAnErasedOne() {
        Delivery discarded = stored.delivery("1");
        Delivery erased = stored.delivery("2");
        stored.store.writeNow(tx -> {
            stored.deliveries.discard(tx, List.of(discarded.id()));
            return stored.deliveries.remove(tx, List.of(erased.id()));
        });
        fails(discarded, 0, "first");
        fails(erased, 0, "first");

        assertThat(log()).containsExactly(line(1, "first"));
        assertThat(stored.number("select count(*) from delivery where state = 2 and reason = 'deleted'"))
                .isEqualTo(1);
    }

    @Test
    void allAttemptsAreCountedWhenTheirDeliveryIsRemoved() {
        Delivery delivery = stored.delivery("1");
        fails(delivery, 0, "first");
        fails(delivery, 1, "second");
        int removed = stored.store.writeNow(tx -> stored.deliveries.remove(tx, List.of(delivery.id())));
        assertThat(removed).isEqualTo(2);
        assertThat(log()).isEmpty();
    }

    @Test
    void attemptsOfEarlierVersionsAreRead() {
        Delivery delivery = stored.delivery("1");
        stored.store.writeNow(tx -> tx.sql()
                .sql("insert into attempt (delivery_id, n, at, duration_ms, success, error_class, http_status, error,"
                        + " response_body, step_error, location)"
                        + " values (?, 1, ?, 7, 0, 'http', 503, 'first', 'body first', 'step first', 'https://l/')")
                .params(delivery.id(), NOW.toEpochMilli())
                .update());
        fails(delivery, 1, "second");
        assertThat(log()).containsExactly(line(1, "first"), line(2, "second"));
    }
}
