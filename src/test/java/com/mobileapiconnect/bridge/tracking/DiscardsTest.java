package com.mobileapiconnect.bridge.tracking;

import static com.mobileapiconnect.bridge.delivery.StoredDeliveries.NOW;
import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.StoredDeliveries;
import com.mobileapiconnect.bridge.job.Job;
import com.mobileapiconnect.bridge.store.Unfinished;
import com.mobileapiconnect.bridge.store.Unfinished.Removal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is unfinished when its target or its device is deleted, on every database. */
class DiscardsTest extends LanesSuite {

    // Several steps, however large they become.
    private static final int MANY = 1_500;

    private Discards discards;

    @BeforeEach
    void make() {
        discards = new Discards(stored.deliveries, stored.backlog, stored.targets, lanes, stored.store, jobs.jobs);
        List.of("con_1", "con_2").forEach(target -> stored.put(StoredDeliveries.target(target, false)));
    }

    /** Stores deliveries of one device, many with a commit. */
    private void storeMany(IntFunction<String> target) {
        CompletableFuture.allOf(IntStream.range(0, MANY)
                        .mapToObj(i -> stored.insertLater("1", "dev_1", target.apply(i)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private boolean unfinishedOfDevice(String device) {
        return stored.store
                .read(sql -> discards.noneOf(sql, Removal.ofDevice(device)))
                .map(since -> stored.store.writeNow(since::unfinished))
                .orElse(true);
    }

    private boolean unfinishedOfTarget(String target) {
        return stored.store.writeNow(
                tx -> discards.noneOf(tx.sql(), Removal.ofTarget(target)).isEmpty());
    }

    private Job discardDevice(String device) {
        return ended(discard(Removal.ofDevice(device)));
    }

    private Job discardTarget(String target) {
        return ended(discard(Removal.ofTarget(target)));
    }

    private String discard(Removal removal) {
        return stored.store.writeNow(
                tx -> discards.discard(tx, new Unfinished.Discarded("ten_1", List.of(removal), true)));
    }

    private Job ended(String job) {
        jobs.run(discards);
        eventually(() -> assertThat(jobs.open()).isEmpty());
        return jobs.find(job);
    }

    @Test
    void ofADeviceEndsWhateverItsTargetAndThatOfOtherDevicesDoesNot() {
        Delivery other = stored.delivery("1", "dev_2", "con_1");
        storeMany(i -> i % 2 == 0 ? "con_1" : "con_2");
        assertThat(unfinishedOfDevice("dev_1")).isTrue();

        Job job = discardDevice("dev_1");

        assertThat(job.done()).isEqualTo(MANY);
        assertThat(unfinishedOfDevice("dev_1")).isFalse();
        assertThat(stored.number("select count(*) from delivery where state = 2 and reason = 'deleted'"))
                .isEqualTo(MANY);
        assertThat(stored.due("con_1", false, NOW, 10)).containsExactly(other);
        assertThat(stored.backlog.targets()).containsExactly("con_1");
    }

    @Test
    void ofATargetEndsAndThatOfOthersDoesNot() {
        Delivery other = stored.delivery("1", "dev_1", "con_2");
        storeMany(i -> "con_1");

        Job job = discardTarget("con_1");

        assertThat(job.total()).isEqualTo(MANY);
        assertThat(job.done()).isEqualTo(MANY);
        assertThat(unfinishedOfTarget("con_1")).isFalse();
        assertThat(stored.due("con_2", false, NOW, 10)).containsExactly(other);
        assertThat(stored.backlog.of("con_1")).isZero();
    }

    @Test
    void inAnOrderedLaneThoseGoOnThatWaitedForOneOfThem() {
        stored.put(StoredDeliveries.target("con_1", true));
        stored.delivery("1", "dev_1", "con_1");
        stored.delivery("1", "dev_1", "con_1");
        Delivery waiting = stored.delivery("1", "dev_2", "con_1");
        assertThat(stored.due("con_1", true, NOW, 10)).doesNotContain(waiting);

        discardDevice("dev_1");

        assertThat(stored.due("con_1", true, NOW, 10)).containsExactly(waiting);
    }

    @Test
    void ofADeviceEndsThatOfAMessageInTheSameCommitToo() {
        CountDownLatch gate = new CountDownLatch(1);
        stored.store.write(tx -> opened(gate));
        CompletableFuture<String> accepted = stored.insertLater("1", "dev_1", "con_1");
        CompletableFuture<String> job = stored.store.write(tx ->
                discards.discard(tx, new Unfinished.Discarded("ten_1", List.of(Removal.ofDevice("dev_1")), true)));
        gate.countDown();

        accepted.join();
        ended(job.join());

        assertThat(unfinishedOfDevice("dev_1")).isFalse();
        assertThat(stored.number("select count(*) from delivery where state = 2 and reason = 'deleted'"))
                .isEqualTo(1);
    }

    private static boolean opened(CountDownLatch gate) {
        try {
            return gate.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void goesOnAfterACrash() {
        Delivery other = stored.delivery("1", "dev_1", "con_2");
        List.of("dev_1", "dev_2").forEach(device -> stored.delivery("1", device, "con_2"));
        stored.delivery("1", "dev_1", "con_1");
        // Committed, and killed before its first step.
        String job = discard(Removal.ofDevice("dev_2"));
        // A retry by hand at the moment of the deletion: no job knows about it.
        stored.store.writeNow(tx -> stored.targets.remove(tx, "con_1"));

        discards.resume();
        ended(job);

        assertThat(unfinishedOfDevice("dev_2")).isFalse();
        assertThat(unfinishedOfTarget("con_1")).isFalse();
        assertThat(stored.due("con_2", false, NOW, 10)).hasSize(2).contains(other);
    }
}
