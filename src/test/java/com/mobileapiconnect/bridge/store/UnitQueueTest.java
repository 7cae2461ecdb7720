package com.mobileapiconnect.bridge.store;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens to units at the bounds of the writer's queue: every one is taken, or its caller is told. */
class UnitQueueTest {

    private static final long RIPE = TimeUnit.MILLISECONDS.toNanos(5);

    private final AtomicLong now = new AtomicLong();
    private final UnitQueue queue = new UnitQueue(3);
    private final UnitQueue lingering = new UnitQueue(9, new PatientUnits(RIPE, now::get));

    private static Unit<Integer> unit(String owner) {
        return new Unit<>(owner, tx -> 0, true);
    }

    @Test
    void whatIsLeftAtTheEndIsHandedBack() {
        Unit<Integer> first = unit("a");
        Unit<Integer> second = unit("b");
        assertThat(queue.offer(first) && queue.offer(second)).isTrue();

        assertThat(queue.close()).isEqualTo(List.of(first, second));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aUnitThatComesAfterTheEndIsRefusedBecauseNobodyWouldTakeIt() {
        queue.close();

        assertThat(queue.offer(unit("a"))).isFalse();
        assertThat(queue.close()).isEmpty();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aUnitWithoutRoomIsRefusedAndTakesNoneAfterwards() {
        for (int i = 0; i < 3; i++) {
            assertThat(queue.offer(unit("a"))).isTrue();
        }
        assertThat(queue.offer(unit("b"))).isFalse();

        assertThat(queue.close()).hasSize(3);
    }

    @Test
    void aUnitThatIsNotUrgentStaysBehindUntilItIsRipeAndThenGoesFirst() throws Exception {
        Unit<Integer> calm = unit("a");
        Unit<Integer> urgent = unit("a");
        Unit<Integer> later = unit("a");
        assertThat(lingering.offerSoon(calm) && lingering.offer(urgent)).isTrue();
        assertThat(group(nextGroup(lingering))).isEqualTo(List.of(urgent));

        now.addAndGet(RIPE);
        assertThat(lingering.offer(later)).isTrue();
        assertThat(group(nextGroup(lingering))).isEqualTo(List.of(calm, later));
    }

    @Test
    void aUnitThatIsNotUrgentGoesByItselfInTheEnd() throws Exception {
        Unit<Integer> calm = unit("a");
        assertThat(lingering.offerSoon(calm)).isTrue();
        CompletableFuture<List<Unit<?>>> next = nextGroup(lingering);

        now.addAndGet(RIPE);
        assertThat(next).isNotDone();
        now.addAndGet(RIPE);
        assertThat(group(next)).isEqualTo(List.of(calm));
    }

    @Test
    void unitsThatAreNotUrgentGoWithOneThatFindsEverythingWritten() throws Exception {
        Unit<Integer> calm = unit("a");
        Unit<Integer> looking = new Unit<>("b", tx -> 0, false);
        assertThat(lingering.offerSoon(calm) && lingering.offer(looking)).isTrue();

        assertThat(group(nextGroup(lingering))).isEqualTo(List.of(calm, looking));
    }

    @Test
    void unitsThatAreNotUrgentGoWithTheNextWhenTheyAreToHurry() throws Exception {
        Unit<Integer> calm = unit("a");
        Unit<Integer> urgent = unit("b");
        assertThat(lingering.offerSoon(calm)).isTrue();
        lingering.hurry();
        assertThat(lingering.offer(urgent)).isTrue();
        assertThat(group(nextGroup(lingering))).isEqualTo(List.of(calm, urgent));

        Unit<Integer> later = unit("b");
        assertThat(lingering.offerSoon(unit("a")) && lingering.offer(later)).isTrue();
        assertThat(group(nextGroup(lingering))).as("only once").isEqualTo(List.of(later));
    }

    @Test
    void whatIsNotUrgentIsHandedBackAtTheEndToo() {
        Unit<Integer> calm = unit("a");
        assertThat(lingering.offerSoon(calm)).isTrue();

        assertThat(lingering.close()).isEqualTo(List.of(calm));
    }

    @Test
    void aUnitThatIsNotUrgentWakesAWriterThatIsAsleep() throws Exception {
        UnitQueue impatient = new UnitQueue(9, new PatientUnits(0, now::get));
        Unit<Integer> calm = unit("a");
        CompletableFuture<List<Unit<?>>> group = nextGroup(impatient);

        within(60, () -> assertThat(impatient.isAsleep()).isTrue());
        assertThat(impatient.offerSoon(calm)).isTrue();

        assertThat(group(group)).isEqualTo(List.of(calm));
    }

    /** Every unit comes out once, whatever the writer is about when it is added. */
    @Test
    void noUnitIsForgottenWhileTheWriterFallsAsleep() throws Exception {
        UnitQueue busy = new UnitQueue(100_000, new PatientUnits(1_000, System::nanoTime));
        CompletableFuture<Long> taken = CompletableFuture.supplyAsync(() -> {
            long units = 0;
            while (units < 40_000) {
                try {
                    busy.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                while (busy.poll() != null) {
                    units++;
                }
            }
            return units;
        });
        Stream<CompletableFuture<Void>> adding = Stream.of("a", "b")
                .map(owner -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        assertThat(i % 3 == 0 ? busy.offer(unit(owner)) : busy.offerSoon(unit(owner)))
                                .isTrue();
                        if (i % 50 == 0) {
                            Thread.yield();
                        }
                    }
                }));

        adding.toList().forEach(CompletableFuture::join);
        assertThat(taken.get(60, TimeUnit.SECONDS)).isEqualTo(40_000);
        assertThat(busy.isEmpty()).isTrue();
    }

    private static List<Unit<?>> group(CompletableFuture<List<Unit<?>>> next) throws Exception {
        return next.get(60, TimeUnit.SECONDS);
    }

    private static CompletableFuture<List<Unit<?>>> nextGroup(UnitQueue queue) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                queue.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            List<Unit<?>> group = new ArrayList<>();
            for (Unit<?> unit = queue.poll(); unit != null; unit = queue.poll()) {
                group.add(unit);
            }
            return group;
        });
    }
}
