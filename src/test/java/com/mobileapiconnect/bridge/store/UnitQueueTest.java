package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to units at the bounds of the writer's queue: every one is taken, or its caller is told. */
class UnitQueueTest {

    private final UnitQueue queue = new UnitQueue(3);

    private static Unit<Integer> unit(String owner) {
        return new Unit<>(owner, tx -> 0);
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
}
