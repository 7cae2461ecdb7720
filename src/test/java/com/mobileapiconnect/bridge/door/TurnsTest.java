package com.mobileapiconnect.bridge.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final List<Integer> done = new ArrayList<>();

    @Test
    void whoWaitsIsServedInOrderAndNobodyOvertakes() {
        Turns turns = new Turns(1, Runnable::run, false, () -> 0);
        assertThat(turns.take()).isTrue();
        turns.await(() -> done.add(1));
        turns.await(() -> done.add(2));
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
        turns.await(() -> done.add(1));
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
                    turns.await(work);
                }
            });
        }
        assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
        threads.shutdown();
        assertThat(most).hasValueLessThanOrEqualTo(3);
        assertThat(List.of(turns.take(), turns.take(), turns.take(), turns.take()))
                .containsExactly(true, true, true, false);
    }
}
