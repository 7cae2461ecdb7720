package com.mobileapiconnect.bridge.store;

import java.time.Duration;

/** How much one of many steps takes on: less when the last one held the writer for long, more when it did not. */
public final class StepSize {

    private static final long AIM_NANOS = Duration.ofMillis(10).toNanos();
    private static final int LARGEST = 400;
    private static final int FIRST = 20;

    private volatile int size = FIRST;

    public int get() {
        return size;
    }

    /** @param nanos for how long a step of this size held the writer, its commit apart */
    public void held(long nanos) {
        if (nanos > AIM_NANOS) {
            size = Math.max(1, size / 2);
        } else if (nanos < AIM_NANOS / 2) {
            size = Math.min(LARGEST, size + size / 2 + 1);
        }
    }
}
