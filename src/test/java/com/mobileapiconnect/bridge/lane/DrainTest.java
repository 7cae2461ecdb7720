package com.mobileapiconnect.bridge.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much of a queue one unit of the writer takes on. */
class DrainTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Drain drain = new Drain(nanos::get);
    private final List<List<Integer>> slices = new ArrayList<>();

    private static Queue<Integer> queue(int size) {
        return new ArrayDeque<>(IntStream.range(0, size).boxed().toList());
    }

    private List<Integer> all() {
        return slices.stream().flatMap(List::stream).toList();
    }

    @Test
    void aShortQueueIsOneSlice() throws Exception {
        Queue<Integer> queue = queue(Drain.SLICE);
        drain.run(queue, new ArrayList<>(), slices::add);
        assertThat(slices).hasSize(1);
        assertThat(queue).isEmpty();
    }

    @Test
    void aLongOneIsTakenInOrderAsLongAsThatIsQuick() throws Exception {
        Queue<Integer> queue = queue(10_000);
        List<Integer> taken = new ArrayList<>();
        drain.run(queue, taken, slices::add);
        assertThat(queue).isEmpty();
        assertThat(slices).hasSize(10_000 / Drain.SLICE);
        assertThat(taken).isEqualTo(all()).isEqualTo(List.copyOf(queue(10_000)));
    }

    @Test
    void whatWouldHoldTheWriterForTooLongIsLeftForTheNextUnit() throws Exception {
        Queue<Integer> queue = queue(10_000);
        Drain.Taking<Integer> slow = slice -> {
            slices.add(slice);
            nanos.addAndGet(Drain.LONGEST_NANOS / 3 + 1);
        };
        drain.run(queue, new ArrayList<>(), slow);
        assertThat(slices).hasSize(3);
        assertThat(queue).hasSize(10_000 - 3 * Drain.SLICE);
        while (!queue.isEmpty()) {
            drain.run(queue, new ArrayList<>(), slow);
        }
        assertThat(all()).isEqualTo(List.copyOf(queue(10_000)));
    }

    @Test
    void aSliceThatTakesVeryLongIsTheOnlyOneOfItsUnit() throws Exception {
        Queue<Integer> queue = queue(1_000);
        drain.run(queue, new ArrayList<>(), slice -> {
            slices.add(slice);
            nanos.addAndGet(100 * Drain.LONGEST_NANOS);
        });
        assertThat(slices).hasSize(1);
    }

    @Test
    void whatAnUndoneRunHadTakenIsTakenOnAgain() throws Exception {
        Queue<Integer> queue = queue(250);
        List<Integer> taken = new ArrayList<>(List.of(-3, -2, -1));
        drain.run(queue, taken, slices::add);
        assertThat(all()).startsWith(-3, -2, -1, 0).hasSize(253).isEqualTo(taken);
    }
}
