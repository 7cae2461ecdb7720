package com.mobileapiconnect.bridge.server;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Says of each thread what it waits for. */
class ThreadDumpTest {

    @Test
    void namesAThreadThatDoesNotMoveAndTheMethodThatHoldsIt() {
        CountDownLatch goOn = new CountDownLatch(1);
        Thread stuck = new Thread(() -> hold(goOn), "stuck-for-a-test");
        stuck.start();
        try {
            eventually(() -> assertThat(ThreadDump.take())
                    .contains("\"stuck-for-a-test\" WAITING")
                    .contains("ThreadDumpTest.hold("));
        } finally {
            goOn.countDown();
        }
    }

    private static void hold(CountDownLatch goOn) {
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
