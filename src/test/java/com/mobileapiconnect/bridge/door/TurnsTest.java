package com.mobileapiconnect.bridge.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final InetAddress ONE = address(1);
    private static final InetAddress OTHER = address(2);

    private final List<Integer> done = new ArrayList<>();

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theManyRequestsOfOneAddressDoNotMakeAnotherWaitForAllOfThem() {
        Turns turns = new Turns(1, Runnable::run, false, () -> 0);
        turns.take();
        for (int i = 0; i < 100; i++) {
            turns.await(ONE, () -> done.add(1));
        }
        turns.await(OTHER, () -> done.add(2));
        turns.await(null, () -> done.add(3));
        for (int i = 0; i < 4; i++) {
            turns.giveBack();
        }
        assertThat(done).containsExactly(1, 2, 3, 1);
    }

    @Test
    void whoseThreadCannotBeMadeWaitsForTheNextTurnThatEnds() {
        AtomicInteger failures = new AtomicInteger(1);
        Turns turns = new Turns(
                1,
                work -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    work.run();
                },
                false,
                () -> 0);
        turns.take();
        turns.await(ONE, () -> done.add(1));
        turns.giveBack();
        assertThat(done).isEmpty();
        turns.await(OTHER, () -> done.add(2));
        assertThat(done).containsExactly(1);
        turns.giveBack();
        assertThat(done).containsExactly(1, 2);
    }

    @Test
    void whoWaitsIsServedInOrderAndNobodyOvertakes() {
        Turns turns = new Turns(1, Runnable::run, false, () -> 0);
        assertThat(turns.take()).isTrue();
        turns.await(ONE, () -> done.add(1));
        turns.await(ONE, () -> done.add(2));
        assertThat(turns.take()).isFalse();
        turns.giveBack();
        assertThat(done).containsExactly(1);
        turns.giveBack();
        assertThat(done).containsExactly(1, 2);
        turns.giveBack();
        assertThat(turns.take()).isTrue();
    }

    @Test
    void workThatBelongsElsewhereGoesThereAtOnce() {
        Turns turns = new Turns(1, Runnable::run, true, () -> 0);
        assertThat(turns.take()).isFalse();
        turns.await(ONE, () -> done.add(1));
        assertThat(done).containsExactly(1);
    }

    @Test
    void noTurnIsLostOrMadeWhoeverComesAndGoesAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Turns turns = new Turns(3, threads, false, () -> 0);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(20_000);
        Runnable work = () -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            atOnce.decrementAndGet();
            turns.giveBack();
            left.countDown();
        };
        for (int i = 0; i < 20_000; i++) {
            threads.execute(() -> {
                if (turns.take()) {
                    work.run();
                } else {
                    turns.await(ONE, work);
                }
            });
        }
        assertThat(left.await(2, TimeUnit.MINUTES)).isTrue();
        threads.shutdown();
        assertThat(most).hasValueLessThanOrEqualTo(3);
        assertThat(List.of(turns.take(), turns.take(), turns.take(), turns.take()))
                .containsExactly(true, true, true, false);
    }
}
