package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A writer that stands still until a gate opens, so that what is written meanwhile shares a commit. */
final class HeldWriter {

    private HeldWriter() {}

    /** Returns when the writer stands still, with the future of the unit that holds it. */
    static CompletableFuture<Boolean> hold(Store store, CountDownLatch gate) {
        CountDownLatch holding = new CountDownLatch(1);
        CompletableFuture<Boolean> held = store.write(tx -> {
            holding.countDown();
            return await(gate);
        });
        assertThat(await(holding)).isTrue();
        return held;
    }

    static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
