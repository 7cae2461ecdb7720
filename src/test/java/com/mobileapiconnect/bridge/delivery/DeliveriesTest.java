package com.mobileapiconnect.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries as rows, on every database. */
@OnBothDatabases
class DeliveriesTest {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00Z");
    private static final Outcome.Evidence ODD_ANSWER =
            new Outcome.Evidence(503, Outcome.ErrorClass.HTTP, "Not HTTP: \0\uD800", "a\0b");

    private boolean ordered;
    private StoredDeliveries stored;
    private JdbcStore store;
    private Backlog backlog;
    private Targets targets;
    private Deliveries deliveries;

    @TempDir
    Path directory;

    @BeforeEach
    void open(Database database) {
        stored = new StoredDeliveries(database, directory);
        store = stored.store;
        backlog = stored.backlog;
        targets = stored.targets;
        deliveries = stored.deliveries;
    }

    @AfterEach
    void close() {
        stored.close();
    }

    private Delivery delivery(String sender) {
        return stored.delivery(sender);
    }

    private List<Delivery> fetch(boolean inOrder, Instant at, int limit) {
        return stored.due("con_1", inOrder, at, limit);
    }

    @Test
    void deliveriesWithLongTextsAreFetchedAFewAtATimeWithTheirTexts() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(stored.ofLongText(Character.toString('a' + i % 26).repeat(100_000))
                    .id());
        }
        ids.add(delivery("1").id());
        Instant later = NOW.plusSeconds(1);
        Deliveries.Due some = store.read(sql -> deliveries.due(sql, "con_1", false, later, 256, id -> false));
        assertThat(some.more()).isTrue();
        assertThat(some.deliveries()).hasSizeBetween(20, 25);
        for (int i = 0; i < some.deliveries().size(); i++) {
            assertThat(some.deliveries().get(i).message().message().text())
                    .isEqualTo(Character.toString('a' + i % 26).repeat(100_000));
        }

        List<String> held = some.deliveries().stream().map(Delivery::id).toList();
        Deliveries.Due rest = store.read(sql -> deliveries.due(sql, "con_1", false, later, 256, held::contains));
        assertThat(rest.more()).isFalse();
        assertThat(rest.deliveries()).extracting(Delivery::id).containsExactlyElementsOf(ids);
    }

    private Instant nextDue(Instant at) {
        return store.read(sql -> deliveries.nextDue(sql, "con_1", at));
    }

    private List<String> due(boolean ordered, Instant at, int limit) {
        return fetch(ordered, at, limit).stream().map(Delivery::id).toList();
    }

    private void settle(Delivery delivery, Outcome outcome, DeliveryState state, Instant next) {
        Attempt attempt = new Attempt(delivery, target(), NOW, 0);
        store.writeNow(tx -> {
            deliveries.settle(tx, List.of(new Ended(attempt, outcome, 5, state, null, next)), NOW);
            return state;
        });
    }

    private void later(Delivery delivery, Instant next) {
        settle(delivery, new Outcome.Retry(ODD_ANSWER, null), DeliveryState.PENDING, next);
    }

    private void delivered(Delivery delivery) {
        settle(delivery, new Outcome.Delivered(Outcome.Evidence.ok(200, "ok")), DeliveryState.DELIVERED, null);
    }

    @Test
    void aDeliveryIsReadAsItWasStored() {
        Delivery delivery = delivery("1");
        assertThat(fetch(false, NOW, 10)).containsExactly(delivery);
    }

    @Test
    void oneMessageHasOneDeliveryPerTargetAndAction() {
        Delivery first = delivery("1");
        stored.insert(Delivery.mirror(first.message(), "con_1", null), Delivery.mirror(first.message(), "con_2", null));
        assertThat(due(false, NOW, 10)).containsExactly(first.id());
        assertThat(stored.number("select count(*) from delivery")).isEqualTo(2);
    }

    @Test
    void theLongestDueComesFirstAndWhatIsNotDueDoesNot() {
        Delivery a = delivery("1");
        Delivery b = delivery("1");
        Delivery c = delivery("1");
        later(a, NOW.plusSeconds(2));
        later(b, NOW.plusSeconds(1));

        assertThat(due(false, NOW, 10)).containsExactly(c.id());
        assertThat(due(false, NOW.plusSeconds(2), 10)).containsExactly(c.id(), b.id(), a.id());
        assertThat(due(false, NOW.plusSeconds(2), 2)).containsExactly(c.id(), b.id());
        assertThat(nextDue(NOW)).isEqualTo(NOW.plusSeconds(1));
        Instant oldest = store.read(sql -> deliveries.oldestDue(sql, "con_1"));
        assertThat(oldest).isEqualTo(NOW);
        assertThat(nextDue(NOW.plusSeconds(2))).isNull();
        assertThat(backlog.of("con_1")).isEqualTo(3);
    }

    @Test
    void whatWaitsBehindARemovedDeliveryGoesOn() {
        ordered = true;
        stored.put(target());
        Delivery one = delivery("1");
        Delivery oneMore = delivery("1");
        List<RemovedDeliveries> told = new ArrayList<>();
        deliveries.watchRemoved(told::add);
        assertThat(due(true, NOW, 10)).containsExactly(one.id());

        store.writeNow(tx -> deliveries.remove(tx, List.of(one.id())));

        assertThat(due(true, NOW, 10)).containsExactly(oneMore.id());
        assertThat(told).containsExactly(new RemovedDeliveries(Map.of("con_1", Set.of(one.id())), Set.of("con_1")));
        assertThat(backlog.of("con_1")).isEqualTo(1);
    }

    @Test
    void inOrderNothingOvertakesTheOldestOfItsSender() {
        ordered = true;
        stored.put(target());
        Delivery one = delivery("1");
        Delivery oneMore = delivery("1");
        Delivery two = delivery("2");
        assertThat(due(true, NOW, 10)).containsExactlyInAnyOrder(one.id(), two.id());
        later(one, NOW.plusSeconds(60));
        assertThat(due(true, NOW, 10)).containsExactly(two.id());
        delivered(one);
        assertThat(due(true, NOW, 10)).containsExactlyInAnyOrder(oneMore.id(), two.id());
    }

    @Test
    void anOutcomeIsKeptOnceWhateverTheAnswerHeld() {
        Delivery delivery = delivery("1");
        later(delivery, NOW.plusSeconds(1));
        later(delivery, NOW.plusSeconds(1));
        assertThat(stored.number("select count(*) from" + AttemptRows.ALL)).isEqualTo(1);
        String kept = store.read(sql -> sql.sql("select response_body from" + AttemptRows.ALL)
                .query(String.class)
                .single());
        assertThat(kept).isEqualTo("a\uFFFDb");
    }

    @Test
    void onlyAPendingDeliveryIsSettled() {
        Delivery delivery = delivery("1");
        store.writeNow(tx -> {
            deliveries.discard(tx, List.of(delivery.id()));
            return tx;
        });
        delivered(delivery);
        assertThat(stored.number("select state from delivery")).isEqualTo(DeliveryState.FAILED.code());
    }

    @Test
    void whatIsPutInOrderGoesByItsMessageAlsoWhenVeryManyCameInOneMillisecond() {
        List<StoredMessage> messages = Stream.generate(() -> stored.message("1", "dev_1"))
                .limit(SenderOrder.STEP + 10)
                .toList();
        // Their ids say the opposite.
        for (int i = messages.size() - 1; i >= 0; i--) {
            stored.insert(Delivery.mirror(messages.get(i), "con_1", null));
        }
        stored.put(StoredDeliveries.target("con_1", true));

        String place = "";
        while (place != null) {
            String from = place;
            place = store.writeNow(tx -> Optional.ofNullable(SenderOrder.putInOrder(tx, "con_1", from)))
                    .orElse(null);
        }

        assertThat(fetch(true, NOW, 10)).singleElement().satisfies(first -> assertThat(first.message())
                .isEqualTo(messages.get(0)));
    }

    @Test
    void aReplayGrantsAttemptsUnderTheSameId() {
        Delivery delivery = delivery("1");
        later(delivery, NOW.plusSeconds(1));
        settle(
                new Delivery(
                        delivery.id(),
                        delivery.tenantId(),
                        delivery.message(),
                        "con_1",
                        "",
                        null,
                        1,
                        0,
                        delivery.createdAt(),
                        delivery.createdAt(),
                        delivery.event(),
                        null,
                        null),
                new Outcome.Rejected(ODD_ANSWER),
                DeliveryState.FAILED,
                null);
        assertThat(due(false, NOW.plusSeconds(9), 10)).isEmpty();
        store.writeNow(tx -> {
            deliveries.requeue(tx, List.of(delivery.id()), null);
            return tx;
        });
        assertThat(fetch(false, NOW, 10)).singleElement().satisfies(again -> {
            assertThat(again.attempts()).isEqualTo(2);
            assertThat(again.grantedFrom()).isEqualTo(2);
        });
    }

    private Target target() {
        return StoredDeliveries.target("con_1", ordered);
    }
}
