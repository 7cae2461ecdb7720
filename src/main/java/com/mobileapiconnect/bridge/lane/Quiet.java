package com.mobileapiconnect.bridge.lane;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets a shutdown wait until nothing is under way, at the cost of reading a single field while nothing waits. */
final class Quiet {

    private volatile boolean awaited;

    /** Wakes waiting threads after something ended. */
    void look() {
        if (awaited) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Waits for the condition; returns false after the deadline, on the monotonic clock, or an interrupt. */
    synchronized boolean await(BooleanSupplier reached, long deadlineNanos) {
        awaited = true;
        try {
            while (!reached.getAsBoolean()) {
                long left = deadlineNanos - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            awaited = false;
        }
    }
}
