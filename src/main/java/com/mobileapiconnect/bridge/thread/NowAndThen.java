package com.mobileapiconnect.bridge.thread;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Keeps what lasts from filling the log: says when to tell it, at first and then once a minute until it is over. */
public final class NowAndThen {

    static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private boolean told; // guarded by this
    private long at; // guarded by this

    public NowAndThen(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns whether to tell it this time. */
    public synchronized boolean tell() {
        long now = nanoTime.getAsLong();
        if (told && now - at < EVERY_NANOS) {
            return false;
        }
        told = true;
        at = now;
        return true;
    }

    /** Notes that it is over; returns whether it had been told. */
    public synchronized boolean over() {
        boolean was = told;
        told = false;
        return was;
    }
}
