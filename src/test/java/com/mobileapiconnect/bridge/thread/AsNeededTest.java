package com.mobileapiconnect.bridge.thread;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads of which there may be many, but only while they are needed. */
class AsNeededTest {

    private static final int MOST = 20;

    private final AsNeeded threads = new AsNeeded("server", MOST);
    private final Queue<Integer> done = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        threads.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void soManyRunAtOnceAndFurtherTasksWaitForThem() {
        CountDownLatch hold = new CountDownLatch(1);
        for (int i = 0; i < 2 * MOST; i++) {
            int number = i;
            threads.execute(() -> {
                done.add(number);
                await(hold);
            });
        }
        eventually(() -> assertThat(done).hasSize(MOST));
        hold.countDown();
        eventually(() -> assertThat(done).hasSize(2 * MOST));
    }

    /** In the JDK's pool with a queue all twenty would stay in use, and none of them would ever end. */
    @Test
    void oneTaskAfterTheOtherNeedsFewThreadsHoweverManyThereWereBefore() throws Exception {
        CyclicBarrier all = new CyclicBarrier(MOST);
        Set<Thread> before = ConcurrentHashMap.newKeySet();
        CountDownLatch ended = new CountDownLatch(MOST);
        for (int i = 0; i < MOST; i++) {
            threads.execute(() -> {
                before.add(Thread.currentThread());
                try {
                    all.await(60, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                ended.countDown();
            });
        }
        await(ended);
        eventually(
                () -> assertThat(before).hasSize(MOST).allMatch(idle -> idle.getState() == Thread.State.TIMED_WAITING));
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 10 * MOST; i++) {
            CountDownLatch over = new CountDownLatch(1);
            threads.execute(() -> {
                used.add(Thread.currentThread());
                over.countDown();
            });
            await(over);
        }
        assertThat(used).hasSizeLessThan(MOST / 2);
    }

    @Test
    void aTaskThatFailsKeepsNoOtherFromRunning() {
        for (int i = 0; i < 3 * MOST; i++) {
            int number = i;
            threads.execute(() -> {
                done.add(number);
                throw new IllegalStateException("a bug");
            });
        }
        eventually(() -> assertThat(done).hasSize(3 * MOST));
    }

    @Test
    void nothingIsBegunAfterTheEnd() {
        threads.close();
        assertThatThrownBy(() -> threads.execute(() -> done.add(1))).isInstanceOf(RejectedExecutionException.class);
        assertThat(done).isEmpty();
    }
}
