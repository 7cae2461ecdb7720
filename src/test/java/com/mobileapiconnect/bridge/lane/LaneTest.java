package com.mobileapiconnect.bridge.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A lane by itself: what it holds, when it fetches, and that it never calls twice. */
class LaneTest {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00Z");

    private final Surroundings host = new Surroundings();

    @Test
    void neverCallsMoreAtOnceThanItsConcurrency() {
        Lane lane = idleLane(target(2, null, false));
        List<Delivery> five = deliveries(5);
        five.forEach(lane::offer);
        assertThat(host.started).containsExactlyElementsOf(five.subList(0, 2));

        finish(lane, five.get(0), null);
        assertThat(host.started).hasSize(3);
    }

    @Test
    void goesOnWhileOutcomesAreUnwrittenButOnlySoFar() {
        Lane lane = idleLane(target(1, null, false));
        List<Delivery> many = deliveries(20);
        many.forEach(lane::offer);
        while (host.started.size() < 20 && host.calling > 0) {
            host.calling--;
            lane.called(many.get(0), null);
            lane.pump();
        }
        assertThat(host.started).hasSize(8);
        lane.settled(many.get(0), null);
        assertThat(host.started).hasSize(9);
    }

    @Test
    void anOutcomeIsAwaitedForTheSakeOfOrderOrWhenManyAreUnwritten() {
        Lane lane = idleLane(target(1, null, false));
        List<Delivery> eight = deliveries(8);
        eight.forEach(lane::offer);
        List<Boolean> awaited = new ArrayList<>();
        while (host.calling > 0) {
            host.calling--;
            awaited.add(lane.called(eight.get(0), null));
            lane.pump();
        }
        assertThat(awaited).containsExactly(false, false, false, true, true, true, true, true);

        Lane ordered = idleLane(target(1, null, true));
        Delivery one = deliveries(1).get(0);
        ordered.offer(one);
        assertThat(ordered.called(one, null)).isTrue();
    }

    private static long inMemory(Lane lane, List<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::id).filter(lane::holds).count();
    }

    @Test
    void whatFindsNoRoomIsFetchedFromTheStoreLater() {
        Lane lane = idleLane(target(1, null, false));
        host.room = 3;
        List<Delivery> six = deliveries(6);
        six.forEach(lane::offer);
        assertThat(inMemory(lane, six)).isLessThanOrEqualTo(4);

        host.room = 100;
        // Behind now: it fetches as soon as it runs dry, and the store returns what is still unfinished.
        assertThat(host.loads).isPositive();
        lane.loaded(six, false, null);
        for (int i = 0; i < 6; i++) {
            finish(lane, host.started.get(i), null);
            if (host.loads > host.answered) {
                host.answered = host.loads;
                lane.loaded(List.of(), false, null);
            }
        }
        assertThat(host.started).containsExactlyInAnyOrderElementsOf(six);
        assertThat(inMemory(lane, six)).isZero();
    }

    @Test
    void aLaneThatHasNoMemoryForWhatItFetchedDoesNotFetchItAgainAndAgain() {
        Lane lane = idleLane(target(1, null, false));
        host.room = 2;
        host.places = 0;
        List<Delivery> six = deliveries(6);
        lane.wake();
        int before = host.loads;
        lane.loaded(six, true, null);
        lane.pump();
        lane.wake();
        assertThat(host.loads).as("while none of them can go out").isEqualTo(before);

        host.places = 100;
        lane.pump();
        finish(lane, six.get(0), null);
        assertThat(host.started).containsExactlyElementsOf(six.subList(0, 2));
        assertThat(host.loads).as("once all that it had are under way").isEqualTo(before + 1);
    }

    @Test
    void aLaneThatFindsNoMemoryForItsFirstDeliveryLooksIntoTheStoreOnceThereIsSome() {
        Lane lane = idleLane(target(1, null, false));
        List<Delivery> two = deliveries(2);
        int before = host.loads;
        host.noneAtAll = true;
        lane.offer(two.get(0));
        lane.offer(two.get(1));
        lane.pump();
        assertThat(host.loads).as("in vain").isEqualTo(before);
        assertThat(host.wantRoom).contains(lane);
        assertThat(lane.idle()).isFalse();

        host.noneAtAll = false;
        lane.roomAgain();
        assertThat(host.loads).isEqualTo(before + 1);
        lane.loaded(two, false, null);
        assertThat(host.started).containsExactly(two.get(0));
    }

    @Test
    void noneOvertakesTheOneThatThereWasNoMemoryFor() {
        Lane lane = idleLane(target(8, null, false));
        lane.wake();
        host.noneAtAll = true;
        List<Delivery> two = deliveries(2);
        host.afterRefusing = () -> host.noneAtAll = false;
        lane.loaded(two, false, null);
        assertThat(host.started).isEmpty();
        lane.roomAgain();
        lane.loaded(two, false, null);
        assertThat(host.started).containsExactlyElementsOf(two);
    }

    @Test
    void aFetchThatBeganBeforeAnOutcomeWasWrittenLeadsToNoSecondCall() {
        Lane lane = idleLane(target(8, null, false));
        Delivery delivery = deliveries(1).get(0);
        lane.offer(delivery);
        lane.wake();
        finish(lane, delivery, null);
        lane.loaded(List.of(delivery), false, null); // the snapshot still showed it as due
        assertThat(host.started).containsExactly(delivery);
    }

    @Test
    void aFetchReturningWhatIsUnderWayLeadsToNoSecondCallButToAnotherLook() {
        Lane lane = idleLane(target(8, null, false));
        Delivery delivery = deliveries(1).get(0);
        lane.offer(delivery);
        lane.wake();
        lane.loaded(List.of(delivery), false, null);
        assertThat(host.started).containsExactly(delivery);
        int before = host.loads;
        finish(lane, delivery, null);
        // Somebody may have asked for it again in between: only the store knows.
        assertThat(host.loads).isEqualTo(before + 1);
    }

    @Test
    void aThousandRetriesSetAboutOneAlarm() {
        Lane lane = idleLane(target(256, null, false));
        List<Delivery> many = deliveries(1000);
        for (Delivery delivery : many) {
            lane.offer(delivery);
            finish(lane, delivery, NOW.plusSeconds(60));
        }
        assertThat(host.alarms).hasSize(1);
        assertThat(inMemory(lane, many)).isZero();
    }

    @Test
    void anEarlierRetryIsNotMissed() {
        Lane lane = idleLane(target(8, null, false));
        List<Delivery> two = deliveries(2);
        two.forEach(lane::offer);
        finish(lane, two.get(0), NOW.plusSeconds(60));
        finish(lane, two.get(1), NOW.plusSeconds(5));
        assertThat(host.alarms).containsExactly(NOW.plusSeconds(60), NOW.plusSeconds(5));
    }

    @Test
    void aClosedTargetsDeliveriesWaitInTheStoreAndComeBackWhenItOpens() {
        Lane lane = idleLane(target(1, null, false));
        List<Delivery> three = deliveries(3);
        three.forEach(lane::offer);
        lane.changed(target(1, null, false, Target.Status.PAUSED));
        assertThat(inMemory(lane, three)).isEqualTo(1); // the call under way
        finish(lane, host.started.get(0), null);
        deliveries(2).forEach(lane::offer);
        assertThat(host.started).hasSize(1);
        int before = host.loads;
        lane.changed(target(1, null, false));
        lane.wake();
        assertThat(host.loads).isEqualTo(before + 1);
        assertThat(host.held).isZero();
    }

    @Test
    void aRateSpacesTheCallsEvenly() {
        Lane lane = idleLane(target(8, 10.0, false));
        deliveries(3).forEach(lane::offer);
        assertThat(host.started).hasSize(1);
        assertThat(host.timers).containsExactly(TimeUnit.MILLISECONDS.toNanos(100));
        host.nanos += TimeUnit.MILLISECONDS.toNanos(100);
        host.fire();
        assertThat(host.started).hasSize(2);
    }

    @Test
    void withoutAPlaceForACallNothingIsLost() {
        Lane lane = idleLane(target(8, null, false));
        host.places = 1;
        List<Delivery> three = deliveries(3);
        three.forEach(lane::offer);
        assertThat(host.started).hasSize(1);
        host.places = 100;
        lane.pump();
        assertThat(host.started).containsExactlyElementsOf(three);
    }

    @Test
    void aStoreThatCannotBeAskedIsAskedAgain() {
        Lane lane = idleLane(target(8, null, false));
        lane.wake();
        int before = host.loads;
        lane.loadFailed();
        host.fire();
        assertThat(host.loads).isEqualTo(before + 1);
    }

    @Test
    void anEndThatNoCallHadIsRefusedAndNoMoreCallsAreMadeForIt() {
        Lane lane = idleLane(target(1, null, false));
        List<Delivery> three = deliveries(3);
        three.forEach(lane::offer);
        finish(lane, three.get(0), null);
        assertThatThrownBy(() -> lane.settled(three.get(0), null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("con_1")
                .hasMessageContaining("unwritten");
        lane.called(three.get(1), null);
        assertThatThrownBy(() -> lane.called(three.get(1), null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("con_1")
                .hasMessageContaining("calling");
        assertThatThrownBy(() -> lane.returned(three.get(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("calling");
        lane.pump();
        assertThat(host.started).containsExactlyElementsOf(three);
        assertThat(lane.view().calling()).isOne();
    }

    @Test
    void aReadyDeliveryThatTheLaneDoesNotCountAsItsOwnIsNotCalled() {
        Lane lane = idleLane(target(1, null, false));
        List<Delivery> three = deliveries(3);
        three.forEach(lane::offer);
        host.calling--;
        lane.called(three.get(0), null);
        int before = host.loads;
        assertThatThrownBy(() -> lane.settled(three.get(1), null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("con_1")
                .hasMessageContaining("resident lacks " + three.get(1).id());
        lane.pump();
        assertThat(host.started).containsExactly(three.get(0), three.get(2));
        assertThat(host.loads).as("looks into the store").isEqualTo(before + 1);
    }

    @Test
    void aDeliveryThatIsTooOldForACallDoesNotEndAProbe() {
        Target target = target(new Target.Pace(8, null, false, Duration.ofMinutes(10)), Target.Status.ACTIVE);
        Lane lane = idleLane(target);
        List<Delivery> many = deliveries(20);
        many.subList(0, Governor.FAILURES).forEach(lane::offer);
        many.subList(0, Governor.FAILURES).forEach(delivery -> fail(lane, delivery));
        host.started.clear();
        host.places = 0; // until there are several: one alone would be called
        many.subList(10, 18).forEach(lane::offer);
        host.places = 100;
        lane.pump();
        assertThat(host.started).as("with an open breaker").isEmpty();
        host.nanos += Governor.FIRST_PROBE_NANOS;
        host.fire();
        assertThat(host.started).as("the probe").containsExactly(many.get(10));

        Delivery old = delivery(99, NOW.minusSeconds(3600));
        many.subList(11, 18).forEach(delivery -> lane.forget(Set.of(delivery.id())));
        lane.offer(old);
        assertThat(host.started).containsExactly(many.get(10), old);
        end(lane, old, new Outcome.Expired());
        many.subList(18, 20).forEach(lane::offer);
        assertThat(host.started).as("while the probe is under way").containsExactly(many.get(10), old);
        fail(lane, many.get(10));
        assertThat(host.started).as("after it has failed").hasSize(2);
    }

    private void fail(Lane lane, Delivery delivery) {
        end(lane, delivery, new Outcome.Retry(Outcome.Evidence.failure(Outcome.ErrorClass.CONNECT, "refused"), null));
    }

    private void end(Lane lane, Delivery delivery, Outcome outcome) {
        host.calling--;
        lane.called(delivery, outcome);
        lane.settled(delivery, null);
    }

    /** A lane whose first look into the store found nothing. */
    private Lane idleLane(Target target) {
        Lane lane = new Lane(target, host);
        lane.wake();
        lane.loaded(List.of(), false, null);
        host.answered = host.loads;
        return lane;
    }

    private void finish(Lane lane, Delivery delivery, Instant nextAt) {
        host.calling--;
        lane.called(delivery, null);
        lane.settled(delivery, nextAt);
    }

    private static Target target(int concurrency, Double rate, boolean ordered) {
        return target(concurrency, rate, ordered, Target.Status.ACTIVE);
    }

    private static Target target(int concurrency, Double rate, boolean ordered, Target.Status status) {
        return target(new Target.Pace(concurrency, rate, ordered), status);
    }

    private static Target target(Target.Pace pace, Target.Status status) {
        return SampleTarget.connection("con_1", "ten_1", RedeliveryPolicy.DEFAULT, pace, status);
    }

    static List<Delivery> deliveries(int count) {
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            deliveries.add(delivery(i, NOW));
        }
        return deliveries;
    }

    private static Delivery delivery(int seq, Instant acceptedAt) {
        InboundMessage message =
                new InboundMessage("msg_" + seq, "ten_1", "dev_1", null, "1", "2", "t", null, null, NOW, Flags.NONE);
        return Delivery.mirror(new StoredMessage(seq, message, "Acme", acceptedAt, null), "con_1", null);
    }

    /** Everything a lane asks for, written down; time stands still. */
    private static final class Surroundings extends CountedRoom implements Lane.Host {

        final List<Delivery> started = new ArrayList<>();
        final List<Instant> alarms = new ArrayList<>();
        final List<Long> timers = new ArrayList<>();
        final List<Runnable> due = new ArrayList<>();
        final List<Lane> wantRoom = new ArrayList<>();
        boolean noneAtAll;
        Runnable afterRefusing = () -> {};
        int loads;
        int answered;
        int calling;
        int places = 100_000;
        long nanos;

        @Override
        public Place acquire(Lane lane, int callingOfLane) {
            if (calling >= places) {
                return null;
            }
            calling++;
            return Place.QUICK;
        }

        @Override
        public boolean admits(int heldByLane, Delivery delivery) {
            if (noneAtAll) {
                afterRefusing.run();
                return false;
            }
            return super.admits(heldByLane, delivery);
        }

        @Override
        public void wantsRoom(Lane lane) {
            wantRoom.add(lane);
        }

        @Override
        public void start(Lane lane, Turn turn) {
            started.add(turn.delivery());
        }

        @Override
        public void load(Lane lane, int limit) {
            loads++;
            lane.lookBegins();
        }

        @Override
        public void after(long delay, Runnable task) {
            timers.add(delay);
            due.add(task);
        }

        @Override
        public void at(Instant when, Runnable task) {
            alarms.add(when);
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public Instant now() {
            return NOW;
        }

        void fire() {
            List<Runnable> now = List.copyOf(due);
            due.clear();
            now.forEach(Runnable::run);
        }
    }
}
