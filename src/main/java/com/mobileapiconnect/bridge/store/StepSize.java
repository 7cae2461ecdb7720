package com.mobileapiconnect.bridge.store;

import java.time.Duration;

/** The size of the next of many steps: smaller if the last step held the writer for long, larger if not. */
public final class StepSize {

    private static final long AIM_NANOS = Duration.ofMillis(10).toNanos();
    private static final int LARGEST = 400;
    private static final int FIRST = 20;

    private volatile int size = FIRST;

    public int get() {
        return size;
    }

    /** @param nanos time for which a step of this size held the writer, without its commit */
    public void held(long nanos) {
        if (nanos > AIM_NANOS) {
            size = Math.max(1, size / 2);
        } else if (nanos < AIM_NANOS / 2) {
            size = Math.min(LARGEST, size + size / 2 + 1);
        }
    }
}
