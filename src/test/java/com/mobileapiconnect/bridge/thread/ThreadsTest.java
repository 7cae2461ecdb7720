package com.mobileapiconnect.bridge.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    @Test
    void aThreadHasItsNameAndNeverKeepsTheProcessAlive() {
        Thread thread = Threads.named("store-writer").newThread(() -> {});

        assertThat(thread.getName()).isEqualTo("store-writer");
        assertThat(thread.isDaemon()).isTrue();
    }

    @Test
    void aPoolRejectsWhatItsThreadsCannotBeginAtOnce() throws Exception {
        ExecutorService pool = Threads.upTo(2, "few");
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(2);
        Runnable waits = () -> {
            running.countDown();
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try {
            pool.execute(waits);
            pool.execute(waits);

            assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> pool.execute(waits)).isInstanceOf(RejectedExecutionException.class);
        } finally {
            held.countDown();
            pool.shutdownNow();
        }
    }
}
