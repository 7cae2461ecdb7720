package com.mobileapiconnect.bridge.tracking;

import static com.mobileapiconnect.bridge.delivery.StoredDeliveries.NOW;
import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.delivery.StoredDeliveries;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.device.StoredDevices;
import com.mobileapiconnect.bridge.job.Job;
import com.mobileapiconnect.bridge.job.NewJob;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rule.Budget;
import com.mobileapiconnect.bridge.rule.PredicateParser;
import com.mobileapiconnect.bridge.rule.When;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection that is made later and gets what came before, on every database. */
class BackfillTest extends LanesSuite {

    private static final Instant THEN = NOW.minus(Duration.ofDays(30));

    private Backfill backfill;

    @BeforeEach
    void make() {
        backfill = backfill(Budget.UNBOUNDED);
        stored.put(StoredDeliveries.target("con_new", false));
    }

    @AfterEach
    void end() {
        jobs.close();
        backfill.destroy();
    }

    private Backfill backfill(Budget budget) {
        LateDeliveries late =
                new LateDeliveries(stored.deliveries, StoredDevices.of(stored.store), Clock.fixed(NOW, ZoneOffset.UTC));
        return new Backfill(stored.store, stored.targets, late, stored.backlog, lanes, budget);
    }

    private StoredMessage message(String from, String text, Instant at) {
        return message(from, text, at, Flags.NONE);
    }

    private StoredMessage message(String from, String text, Instant at, Flags flags) {
        InboundMessage message =
                new InboundMessage(Ids.random("msg_"), "ten_1", "dev_1", null, from, null, text, null, null, at, flags);
        return stored.store.writeNow(
                tx -> MessageRows.insert(tx, message, new MessageRows.Judgement("rule_1", 0), "Acme", at));
    }

    private void messages(int many) {
        stored.store.writeNow(tx -> {
            for (int i = 0; i < many; i++) {
                InboundMessage message = new InboundMessage(
                        Ids.random("msg_"), "ten_1", "dev_1", null, "1", null, "t" + i, null, null, THEN, Flags.NONE);
                MessageRows.insert(tx, message, new MessageRows.Judgement(null, 0), "Acme", THEN.plusMillis(i));
            }
            return many;
        });
    }

    private static When when(String op, String text) throws Exception {
        String json = "{\"field\":\"text\",\"op\":\"" + op + "\",\"value\":\"" + text + "\"}";
        return PredicateParser.parse(new JsonMapper().readTree(json), "when", (field, error) -> {})
                .orElseThrow();
    }

    private void put(Target target, boolean enabled, When when) {
        stored.put(new Target(
                target.key(),
                target.name(),
                target.reach(),
                new Target.Mirror(enabled, when),
                target.form(),
                target.state(),
                target.redelivery(),
                target.pace(),
                target.stamps()));
    }

    private String begin() {
        return begin(null, null);
    }

    private String begin(Instant since, Instant until) {
        return stored.store.writeNow(tx -> jobs.jobs.begin(
                tx,
                NewJob.by(
                        "ten_1",
                        backfill,
                        new Backfill.Work(
                                "con_new",
                                since == null ? 0 : since.toEpochMilli(),
                                until == null ? Long.MAX_VALUE : until.toEpochMilli(),
                                MessageRows.newest(tx.sql())),
                        null)));
    }

    private Job run(String job) {
        jobs.run(backfill);
        eventually(() -> assertThat(jobs.open()).isEmpty());
        return jobs.find(job);
    }

    /** Prepares a step that makes so many: one that takes long makes fewer, and a busy machine may make it so. */
    private BackfillStep step(Job job, int makes) {
        AtomicReference<BackfillStep> step = new AtomicReference<>();
        eventually(() -> {
            step.set(backfill.prepare(job, 60).join());
            assertThat(step.get().wanted()).hasSize(makes);
        });
        return step.get();
    }

    private List<Delivery> made() {
        return stored.due("con_new", false, NOW, 10_000);
    }

    private List<String> texts() {
        return made().stream()
                .map(delivery -> delivery.message().message().text())
                .toList();
    }

    @Test
    void whatTheConnectionWantsIsMadeInTheOrderOfTheMessagesAndNothingElse() throws Exception {
        put(StoredDeliveries.target("con_new", false), true, when("contains", "balance"));
        message("1", "balance 1", THEN);
        message("1", "help", THEN.plusSeconds(1));
        message("2", "balance 2", THEN.plusSeconds(2));
        message("unknown", "balance of a request", THEN, Flags.NONE.with(Flags.Flag.UNPARSED));
        message("1", "Balance 3", THEN.plusSeconds(2));

        Job job = run(begin());

        assertThat(texts()).containsExactly("balance 1", "balance 2", "Balance 3");
        assertThat(made()).isSortedAccordingTo(java.util.Comparator.comparing(Delivery::id));
        assertThat(made()).extracting(Delivery::ruleId).containsOnly("rule_1");
        assertThat(job.done()).isEqualTo(3);
        assertThat(job.result()).isEqualTo("{\"messages\":5,\"had\":0,\"leftOut\":0,\"made\":3,\"ended\":null}");
        assertThat(stored.backlog.of("con_new")).isEqualTo(3);
    }

    /** It was asked for now, so it does not expire at once, and is not the first to age out. */
    @Test
    void theAgeOfADeliveryCountsFromTheBackfill() {
        message("1", "old", THEN);

        run(begin());

        assertThat(made()).singleElement().satisfies(delivery -> {
            assertThat(delivery.createdAt()).isEqualTo(NOW);
            assertThat(delivery.grantedAt()).isEqualTo(NOW);
            assertThat(delivery.id()).isGreaterThanOrEqualTo(Ids.firstAt("dlv_", NOW));
            assertThat(delivery.message().acceptedAt()).isEqualTo(THEN);
        });
    }

    @Test
    void manyAreMadeInSeveralSteps() {
        messages(900);

        Job job = run(begin());

        assertThat(job.done()).isEqualTo(900);
        assertThat(texts()).hasSize(900).startsWith("t0", "t1", "t2").endsWith("t898", "t899");
    }

    @Test
    void aSecondOneAndOneBesideItMakeNothingTwice() {
        messages(700);
        String one = begin();
        String other = begin();

        run(one);
        Job third = run(begin());

        assertThat(made()).hasSize(700);
        assertThat(jobs.find(one).done() + jobs.find(other).done()).isEqualTo(700);
        assertThat(third.result()).contains("\"messages\":700,\"had\":700", "\"made\":0");
        assertThat(stored.backlog.of("con_new")).isEqualTo(700);
    }

    @Test
    void onlyThePeriodIsLookedAtAndNoMessageThatCameLater() {
        message("1", "before", THEN.minusMillis(1));
        message("1", "first", THEN);
        message("1", "last", THEN.plusSeconds(60).minusMillis(1));
        message("1", "after", THEN.plusSeconds(60));
        String job = begin(THEN, THEN.plusSeconds(60));
        message("1", "later, and as old", THEN);

        run(job);

        assertThat(texts()).containsExactly("first", "last");
    }

    @Test
    void messagesOfOtherTenantsAreNoneOfIts() {
        stored.store.writeNow(tx -> MessageRows.insert(
                tx,
                new InboundMessage(
                        Ids.random("msg_"), "ten_2", "dev_1", null, "1", null, "t", null, null, THEN, Flags.NONE),
                new MessageRows.Judgement(null, 0),
                "Other",
                THEN));

        assertThat(run(begin()).result()).contains("\"messages\":0");
    }

    @Test
    void goesOnAfterACrash() {
        messages(250);
        String id = begin();
        Job first = jobs.find(id);
        Job second = jobs.take(backfill, first, step(first, 60), NOW);
        assertThat(second.done()).isEqualTo(60);

        Job job = run(id);

        assertThat(job.done()).isEqualTo(250);
        assertThat(job.result()).contains("\"messages\":250");
        assertThat(made()).hasSize(250);
    }

    @Test
    void whatWasErasedOrDeliveredSinceTheStepLookedIsLeftOut() {
        StoredMessage erased = message("1", "erased", THEN);
        StoredMessage elsewhere = message("2", "made by a step of intake", THEN);
        message("3", "wanted", THEN);
        Job job = jobs.find(begin());
        BackfillStep step = step(job, 3);
        stored.store.writeNow(tx -> tx.sql()
                .sql("delete from message where seq = ?")
                .param(erased.seq())
                .update());
        stored.store.writeNow(tx -> stored.deliveries.insert(tx, List.of(Delivery.mirror(elsewhere, "con_new", null))));

        Job after = jobs.take(backfill, job, step, NOW);

        assertThat(after.done()).isEqualTo(1);
        assertThat(stored.number("select count(*) from delivery where target_id = 'con_new'"))
                .isEqualTo(2);
        assertThat(stored.backlog.of("con_new")).isEqualTo(2);
    }

    /** Intake's own steps may come to a message after a backfill did. */
    @Test
    void aDeliveryThatIsThereIsNeitherCountedNorHandedOverAgain() {
        StoredMessage message = message("1", "t", THEN);
        run(begin());

        List<Delivery> due = stored.store.writeNow(
                tx -> stored.deliveries.insert(tx, List.of(Delivery.mirror(message, "con_new", null))));

        assertThat(due).isEmpty();
        assertThat(stored.backlog.of("con_new")).isEqualTo(1);
        assertThat(made()).hasSize(1);
    }

    @Test
    void inAnOrderedLaneASendersOldMessagesGoBeforeItsNewOnesThatWait() {
        stored.put(StoredDeliveries.target("con_new", true));
        StoredMessage old = message("1", "old", THEN);
        message("1", "older than new", THEN.plusSeconds(1));
        String job = begin();
        StoredMessage live = message("1", "new, on its way", NOW);
        stored.store.writeNow(tx -> stored.deliveries.insert(tx, List.of(Delivery.mirror(live, "con_new", null))));

        run(job);
        Delivery head = stored.due("con_new", true, NOW, 10).get(0);
        assertThat(head.message().message().text()).isEqualTo("new, on its way");
        stored.store.writeNow(tx -> {
            stored.deliveries.discard(tx, List.of(head.id()));
            return stored.deliveries.releaseHeadless(tx, "con_new");
        });

        assertThat(stored.due("con_new", true, NOW, 10))
                .singleElement()
                .satisfies(next -> assertThat(next.message().seq()).isEqualTo(old.seq()));
    }

    @Test
    void aConnectionThatIsBehindGetsNoMoreThanAThousandAtATime() {
        messages(Backfill.AHEAD + 500);
        String job = begin();
        jobs.run(backfill);

        eventually(() -> assertThat(stored.backlog.of("con_new")).isGreaterThanOrEqualTo(Backfill.AHEAD));
        Job waiting = jobs.find(job);
        assertThat(backfill.prepare(waiting, 60).join().isLater()).isTrue();
        assertThat(stored.backlog.of("con_new")).isLessThanOrEqualTo(Backfill.AHEAD + 100);
        List<String> ids = made().stream().map(Delivery::id).toList();
        stored.store.writeNow(tx -> {
            stored.deliveries.discard(tx, ids);
            return ids;
        });

        eventually(() -> assertThat(jobs.open()).isEmpty());
        assertThat(jobs.find(job).done()).isEqualTo(Backfill.AHEAD + 500);
    }

    @Test
    void whileTheConnectionIsPausedAllAreMadeAndHeld() {
        Target target = StoredDeliveries.target("con_new", false);
        stored.put(new Target(
                target.key(),
                target.name(),
                target.reach(),
                target.mirror(),
                target.form(),
                new Target.State(Target.Status.PAUSED, null),
                target.redelivery(),
                target.pace(),
                target.stamps()));
        messages(Backfill.AHEAD + 200);

        assertThat(run(begin()).done()).isEqualTo(Backfill.AHEAD + 200);
    }

    @Test
    void endsAndSaysSoWhenTheConnectionIsSwitchedOffOrGone() throws Exception {
        messages(300);
        Job off = jobs.find(begin());
        BackfillStep step = step(off, 60);
        put(StoredDeliveries.target("con_new", false), false, When.EVERYTHING);
        off = jobs.take(backfill, off, step, NOW);
        assertThat(off.done()).isZero();
        assertThat(run(off.id()).result()).contains("\"made\":0", "the connection is not enabled");
        jobs.close();
        put(StoredDeliveries.target("con_new", false), true, When.EVERYTHING);
        Job gone = jobs.find(begin());
        gone = jobs.take(backfill, gone, step(gone, 60), NOW);
        stored.store.writeNow(tx -> stored.targets.remove(tx, "con_new"));

        assertThat(run(gone.id()).result()).contains("\"made\":60", "the connection was deleted");
    }

    @Test
    void aConditionThatWouldCostTooMuchDoesNotHoldAndIsCounted() throws Exception {
        put(StoredDeliveries.target("con_new", false), true, when("regex", "x+"));
        backfill.destroy();
        backfill = backfill(new Budget(0));
        message("1", "x", THEN);

        assertThat(run(begin()).result()).contains("\"messages\":1", "\"leftOut\":1", "\"made\":0");
    }
}
