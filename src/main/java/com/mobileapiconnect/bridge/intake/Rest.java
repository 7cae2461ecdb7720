package com.mobileapiconnect.bridge.intake;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pause after a step of the work that goes on behind backlogs. While phones come, the store is left to them for three
 * times as long as the step took; otherwise nobody would have anything of a pause, and there is none.
 */
final class Rest {

    static final long AFTER_PHONE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMillis(200).toNanos();

    private final AtomicInteger phones = new AtomicInteger();
    private volatile long lastPhone = System.nanoTime() - AFTER_PHONE_NANOS;

    /** Notes a phone that waits for its commit. */
    void phoneComes() {
        phones.incrementAndGet();
    }

    /** Notes that it waits no more. */
    void phoneGoes(long now) {
        lastPhone = now;
        phones.decrementAndGet();
    }

    /** Returns the pause, in nanoseconds, after a step that took so many with its commit. */
    long after(long stepNanos, long now) {
        boolean phonesCome = phones.get() > 0 || now - lastPhone < AFTER_PHONE_NANOS;
        return phonesCome ? Math.min(3 * stepNanos, LONGEST_NANOS) : 0;
    }
}
