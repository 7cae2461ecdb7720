package com.mobileapiconnect.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.store.Work;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries of which their message's row tells, until they have rows of their own. */
@OnBothDatabases
class PlannedDeliveriesTest {

    private static final Instant NOW = StoredDeliveries.NOW;
    private static final String PENDING = "select count(*) from delivery where state = 0";

    private StoredDeliveries stored;

    @TempDir
    Path directory;

    @BeforeEach
    void open(Database database) {
        stored = new StoredDeliveries(database, directory);
        stored.put(StoredDeliveries.target("con_1", false));
        stored.put(StoredDeliveries.target("con_2", false));
        stored.put(StoredDeliveries.target("con_ordered", true));
        stored.put(SampleTarget.connection(
                "con_paused",
                "ten_1",
                RedeliveryPolicy.DEFAULT,
                new Target.Pace(8, null, false),
                Target.Status.PAUSED));
    }

    @AfterEach
    void close() {
        stored.close();
    }

    /** Runs a unit as intake and outcomes do. */
    private <T> T knowing(Work<T> work) {
        return stored.store.writeKnowing("ten_1", work).join();
    }

    /** Stores a message as intake does, with the deliveries of it to these targets; returns those. */
    private List<Delivery> accept(Transaction tx, String... targets) throws SQLException {
        InboundMessage message = new InboundMessage(
                Ids.random("msg_"), "ten_1", "dev_1", null, "+1", null, "t", null, null, NOW, Flags.NONE);
        StoredMessage unstored = new StoredMessage(0, message, "Acme", NOW, "rule_1");
        List<Delivery> made = new ArrayList<>();
        for (String target : targets) {
            made.add(Delivery.mirror(unstored, target, target.equals("con_2") ? "rule_1" : null));
        }
        Planning planning = stored.deliveries.plan(made);
        StoredMessage accepted =
                MessageRows.insert(tx, message, new MessageRows.Judgement("rule_1", 1), "Acme", NOW, planning.text());
        assertThat(accepted).isNotNull();
        return stored.deliveries.accept(tx, List.of(planning.of(accepted)));
    }

    private static long rows(Transaction tx) {
        return tx.sql().sql("select count(*) from delivery").query(Long.class).single();
    }

    private void settle(Delivery delivery, Outcome outcome, DeliveryState state, Instant next) {
        Target target = StoredDeliveries.target(delivery.targetId(), false);
        Ended ended = new Ended(new Attempt(delivery, target, NOW, 0), outcome, 5, state, null, next);
        knowing(tx -> stored.deliveries.settle(tx, List.of(ended), NOW));
    }

    private void delivered(Delivery delivery) {
        settle(delivery, new Outcome.Delivered(Outcome.Evidence.ok(200, "ok")), DeliveryState.DELIVERED, null);
    }

    @Test
    void theRowOfADeliveryIsWrittenOnceWithItsOutcomeAndItsAttempt() {
        List<Delivery> made = knowing(tx -> accept(tx, "con_1", "con_2"));
        assertThat(knowing(PlannedDeliveriesTest::rows)).isZero();
        assertThat(stored.backlog.of("con_1")).isEqualTo(1);

        made.forEach(this::delivered);

        assertThat(knowing(PlannedDeliveriesTest::rows)).isEqualTo(2);
        assertThat(stored.backlog.of("con_1")).isZero();
        assertThat(stored.number(PENDING)).isZero();
        assertThat(stored.number("select count(*) from delivery where state = 1 and attempts = 1 and finished_at = "
                        + NOW.toEpochMilli()))
                .isEqualTo(2);
        assertThat(stored.number("select count(*) from" + AttemptRows.ALL + "where success = 1 and n = 1"))
                .isEqualTo(2);
    }

    @Test
    void whoeverReadsFindsThemPendingAsTheyWerePlanned() {
        List<Delivery> made = knowing(tx -> accept(tx, "con_1", "con_2"));

        List<Delivery> due = new ArrayList<>(stored.due("con_1", false, NOW, 10));
        due.addAll(stored.due("con_2", false, NOW, 10));

        assertThat(due).containsExactlyElementsOf(made);
    }

    @Test
    void everyUnitThatDoesNotKnowOfThemFindsThemWritten() {
        knowing(tx -> accept(tx, "con_1", "con_2"));
        assertThat(stored.store.writeNow(PlannedDeliveriesTest::rows)).isEqualTo(2);
    }

    @Test
    void theyAreWrittenSoonIfNobodyAsks() {
        knowing(tx -> accept(tx, "con_1"));
        stored.planned.writeSoon();
        CompletableFuture<Long> next = stored.store.writeKnowing(Store.NOBODY, PlannedDeliveriesTest::rows);
        assertThat(next.join()).isEqualTo(1);
    }

    @Test
    void thereIsNoMomentInWhichADeliveryIsNeitherPlannedNorWritten() throws Exception {
        AtomicBoolean watched = new AtomicBoolean();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Long> gaps = CompletableFuture.supplyAsync(() -> {
            long seen = 0;
            while (!over.get()) {
                if (watched.get() && !stored.planned.any() && watched.get()) {
                    seen++;
                }
            }
            return seen;
        });
        for (int i = 0; i < 300; i++) {
            Delivery delivery = knowing(tx -> accept(tx, "con_1")).get(0);
            Ended ended = new Ended(
                    new Attempt(delivery, StoredDeliveries.target("con_1", false), NOW, 0),
                    new Outcome.Delivered(Outcome.Evidence.ok(200, "ok")),
                    5,
                    DeliveryState.DELIVERED,
                    null,
                    null);
            knowing(tx -> {
                watched.set(true);
                try {
                    return stored.deliveries.settle(tx, List.of(ended), NOW);
                } finally {
                    watched.set(false);
                }
            });
        }
        over.set(true);
        assertThat(gaps.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void theyAreWrittenWhenThereAreVeryMany() {
        long rows = knowing(tx -> {
            for (int i = 0; i < 1_600; i++) {
                accept(tx, "con_1", "con_2");
            }
            return rows(tx);
        });
        assertThat(rows).isBetween(3_000L, 3_200L);
    }

    @Test
    void aStartFindsThemByTheirPlanWithTheSameIdsTargetsAndRules() {
        List<Delivery> made = knowing(tx -> accept(tx, "con_1", "con_2"));
        delivered(made.get(0));

        // A bridge that was killed here knew no more than the store.
        new PlannedDeliveries(stored.store, stored.schedule);

        assertThat(knowing(PlannedDeliveriesTest::rows)).isEqualTo(2);
        assertThat(stored.due("con_1", false, NOW, 10)).isEmpty();
        assertThat(stored.due("con_2", false, NOW, 10)).containsExactly(made.get(1));
    }

    @Test
    void anOutcomeAfterTheRowWasWrittenChangesThatRow() {
        List<Delivery> made = knowing(tx -> accept(tx, "con_1"));
        assertThat(stored.number(PENDING)).isEqualTo(1);

        delivered(made.get(0));

        assertThat(stored.number("select count(*) from delivery")).isEqualTo(1);
        assertThat(stored.number("select count(*) from delivery where state = 1 and first_at is not null"))
                .isEqualTo(1);
    }

    @Test
    void oneThatFailsForNowIsPendingAtItsTime() {
        Delivery delivery = knowing(tx -> accept(tx, "con_1")).get(0);
        Outcome.Evidence evidence = Outcome.Evidence.failure(Outcome.ErrorClass.CONNECT, "refused");
        settle(delivery, new Outcome.Retry(evidence, null), DeliveryState.PENDING, NOW.plusSeconds(60));

        assertThat(stored.due("con_1", false, NOW, 10)).isEmpty();
        assertThat(stored.due("con_1", false, NOW.plusSeconds(60), 10))
                .singleElement()
                .satisfies(again -> {
                    assertThat(again.id()).isEqualTo(delivery.id());
                    assertThat(again.attempts()).isEqualTo(1);
                });
        assertThat(stored.backlog.of("con_1")).isEqualTo(1);
    }

    @Test
    void oneThatIsSkippedHasNoAttempt() {
        Delivery delivery = knowing(tx -> accept(tx, "con_1")).get(0);
        settle(delivery, new Outcome.Skipped("no need"), DeliveryState.SKIPPED, null);
        assertThat(stored.number("select count(*) from delivery where state = 3 and first_at is null"))
                .isEqualTo(1);
    }

    @Test
    void whatWaitsForOthersOrSaysMoreThanIdsHasARowAtOnce() {
        List<Delivery> made = knowing(tx -> accept(tx, "con_ordered", "con_paused", "con_1"));
        assertThat(knowing(PlannedDeliveriesTest::rows)).isEqualTo(2);
        assertThat(made).hasSize(3);

        StoredMessage message = made.get(0).message();
        Delivery rendered = Delivery.action(message, "con_1", "act_1", new Delivery.Content(null, "{}", null));
        Delivery carrying = Delivery.mirror(message, "con_1", null, "{}");
        assertThat(stored.deliveries.plan(List.of(rendered, carrying)).planned())
                .isEmpty();
    }

    @Test
    void aUnitThatFailsTakesItsPlansWithItAndNoOthers() {
        List<Delivery> kept = knowing(tx -> accept(tx, "con_1"));
        // In one group, so that the units are undone together and run again one by one.
        CompletableFuture<Void> all = new CompletableFuture<>();
        CompletableFuture<?> first = stored.store.writeKnowing("ten_1", tx -> all.join());
        CompletableFuture<List<Delivery>> good = stored.store.writeKnowing("ten_1", tx -> accept(tx, "con_1"));
        CompletableFuture<?> bad = stored.store.writeKnowing("ten_1", tx -> {
            accept(tx, "con_2");
            throw new IllegalStateException("on purpose");
        });
        CompletableFuture<List<Delivery>> more = stored.store.writeKnowing("ten_1", tx -> accept(tx, "con_1"));
        all.complete(null);
        first.join();
        assertThatThrownBy(bad::join).isInstanceOf(CompletionException.class).hasMessageContaining("on purpose");

        kept.forEach(this::delivered);
        good.join().forEach(this::delivered);

        assertThat(stored.number("select count(*) from delivery where state = 1"))
                .isEqualTo(2);
        assertThat(stored.due("con_1", false, NOW, 10)).containsExactlyElementsOf(more.join());
        assertThat(stored.due("con_2", false, NOW, 10)).isEmpty();
    }

    @Test
    void anOutcomeThatWasUndoneLeavesThePlan() {
        Delivery delivery = knowing(tx -> accept(tx, "con_1")).get(0);
        Ended ended = new Ended(
                new Attempt(delivery, StoredDeliveries.target("con_1", false), NOW, 0),
                new Outcome.Delivered(Outcome.Evidence.ok(200, "ok")),
                5,
                DeliveryState.DELIVERED,
                null,
                null);
        assertThatThrownBy(() -> knowing(tx -> {
                    stored.deliveries.settle(tx, List.of(ended), NOW);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessageContaining("on purpose");
        assertThat(stored.due("con_1", false, NOW, 10)).containsExactly(delivery);

        delivered(delivery);
        assertThat(stored.number(PENDING)).isZero();
        assertThat(stored.number("select count(*) from delivery where state = 1"))
                .isEqualTo(1);
    }

    @Test
    void nothingIsWrittenOfOneWhoseMessageWasRemoved() {
        Delivery delivery = knowing(tx -> accept(tx, "con_1")).get(0);
        stored.store.writeNow(tx -> {
            stored.deliveries.remove(tx, List.of(delivery.id()));
            tx.sql().sql("delete from message").update();
            PlannedDeliveries.left(tx);
            return tx;
        });
        delivered(delivery);
        new PlannedDeliveries(stored.store, stored.schedule);
        assertThat(stored.number("select count(*) from delivery")).isZero();
        assertThat(stored.backlog.of("con_1")).isZero();
    }

    @Test
    void aPlanIsFoundThoughItsMessageHasTheNumberOfOneThatIsGone() {
        Delivery gone = knowing(tx -> accept(tx, "con_1")).get(0);
        stored.store.writeNow(tx -> {
            stored.deliveries.remove(tx, List.of(gone.id()));
            tx.sql().sql("delete from message").update();
            PlannedDeliveries.left(tx);
            return tx;
        });
        Delivery next = knowing(tx -> accept(tx, "con_1")).get(0);
        new PlannedDeliveries(stored.store, stored.schedule);
        assertThat(stored.due("con_1", false, NOW, 10)).containsExactly(next);
    }
}
