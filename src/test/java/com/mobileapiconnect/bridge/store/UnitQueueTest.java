package com.mobileapiconnect.bridge.store;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens to units at the bounds of the writer's queue: every one is taken, or its caller is told. */
class UnitQueueTest {

    private final UnitQueue queue = new UnitQueue(3);

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
    void aUnitThatIsNotUrgentGoesWithTheNextThatIsAndKeepsItsTurn() throws Exception {
        UnitQueue lingering = new UnitQueue(9, TimeUnit.HOURS.toNanos(1));
        Unit<Integer> calm = unit("a");
        Unit<Integer> urgent = unit("a");
        CompletableFuture<List<Unit<?>>> group = nextGroup(lingering);

        assertThat(lingering.offerSoon(calm)).isTrue();
        assertThat(lingering.offer(urgent)).isTrue();

        assertThat(group.get(20, TimeUnit.SECONDS)).isEqualTo(List.of(calm, urgent));
    }

    @Test
    void aUnitThatIsNotUrgentWaitsNoLongerThanTheWriterLingers() throws Exception {
        UnitQueue lingering = new UnitQueue(9, TimeUnit.MILLISECONDS.toNanos(20));
        Unit<Integer> calm = unit("a");
        assertThat(lingering.offerSoon(calm)).isTrue();

        assertThat(nextGroup(lingering).get(20, TimeUnit.SECONDS)).isEqualTo(List.of(calm));
    }

    @Test
    void aUnitThatIsNotUrgentWakesAWriterThatIsAsleep() throws Exception {
        UnitQueue impatient = new UnitQueue(9, 0);
        Unit<Integer> calm = unit("a");
        CompletableFuture<List<Unit<?>>> group = nextGroup(impatient);

        within(20, () -> assertThat(impatient.isAsleep()).isTrue());
        assertThat(impatient.offerSoon(calm)).isTrue();

        assertThat(group.get(20, TimeUnit.SECONDS)).isEqualTo(List.of(calm));
    }

    /** Every unit comes out once, whatever the writer is about when it is added. */
    @Test
    void noUnitIsForgottenWhileTheWriterFallsAsleep() throws Exception {
        UnitQueue busy = new UnitQueue(100_000, 1_000);
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
        assertThat(taken.get(30, TimeUnit.SECONDS)).isEqualTo(40_000);
        assertThat(busy.isEmpty()).isTrue();
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
