package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.message.WireName;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits a lane by its receiver's answers: the number of calls at once, a pause, or a single probe. Not thread-safe;
 * its lane guards it. Times are on the monotonic clock.
 */
final class Governor {

    /** Failures in a row that open the breaker. */
    static final int FAILURES = 10;

    static final long FIRST_PROBE_NANOS = TimeUnit.SECONDS.toNanos(5);
    static final long LONGEST_PROBE_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** Held until something else happens. */
    static final long UNTIL_TOLD = Long.MAX_VALUE;

    enum Breaker implements WireName {
        CLOSED("closed"),
        OPEN("open"),
        /** A single delivery is under way to see whether the receiver is back. */
        PROBING("probing");

        private final String wireName;

        Breaker(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    /** True while no limit applies: the only field that a healthy lane reads. */
    private boolean calm = true;
    /** Calls at once after a receiver asked for less; 0: as many as the lane has. */
    private int reduced;

    private boolean waiting;
    private long waitUntil;
    private int failures;
    private Breaker breaker = Breaker.CLOSED;
    private long probeAt;
    private long probeDelay;

    int limit(int concurrency) {
        return reduced == 0 ? concurrency : Math.min(reduced, concurrency);
    }

    Breaker breaker() {
        return breaker;
    }

    /** Returns the remaining time for which the receiver asked for no calls; 0 if there was no such request. */
    long waitNanos(long now) {
        return waiting ? Math.max(0, waitUntil - now) : 0;
    }

    /** @param single true if no other delivery is due or waits for its retry: the redelivery policy is limit enough */
    long heldFor(long now, boolean single) {
        if (calm) {
            return 0;
        }
        if (waiting) {
            if (now < waitUntil) {
                return waitUntil - now;
            }
            waiting = false;
        }
        return switch (breaker) {
            case CLOSED -> 0;
            case PROBING -> UNTIL_TOLD;
            case OPEN -> single ? 0 : Math.max(0, probeAt - now);
        };
    }

    /** Notes a call; returns whether it is the probe. */
    boolean started(long now) {
        boolean probe = breaker == Breaker.OPEN && now >= probeAt;
        if (probe) {
            breaker = Breaker.PROBING;
        }
        return probe;
    }

    void success(int concurrency) {
        if (calm) {
            return;
        }
        failures = 0;
        breaker = Breaker.CLOSED;
        if (reduced > 0 && ++reduced >= concurrency) {
            reduced = 0;
        }
        calm = reduced == 0 && !waiting;
    }

    /**
     * Notes a call that has failed.
     *
     * @param probe whether it was the probe: one that began before says nothing about whether the receiver is back
     * @param after the time that the receiver asked to wait
     */
    void failure(boolean probe, int concurrency, @Nullable Integer status, @Nullable Duration after, long now) {
        calm = false;
        failures++;
        if (probe && breaker == Breaker.PROBING) {
            open(now, Math.min(2 * probeDelay, LONGEST_PROBE_NANOS));
        } else if (breaker == Breaker.CLOSED && failures >= FAILURES) {
            open(now, FIRST_PROBE_NANOS);
        }
        if (status != null && asksForLess(status)) {
            reduced = Math.max(1, limit(concurrency) / 2);
            if (after != null) {
                long until = now + after.toNanos();
                waitUntil = waiting ? Math.max(waitUntil, until) : until;
                waiting = true;
            }
        }
    }

    private void open(long now, long delay) {
        breaker = Breaker.OPEN;
        probeDelay = delay;
        probeAt = now + delay;
    }

    private static boolean asksForLess(int status) {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }

    /** Notes a probe that was not made, or tells nothing of the receiver: the next call is the probe. */
    void nothingLearnt(long now) {
        if (breaker == Breaker.PROBING) {
            breaker = Breaker.OPEN;
            probeAt = now;
        }
    }

    /** Removes all limits after a change by a person. */
    void reset() {
        calm = true;
        reduced = 0;
        waiting = false;
        failures = 0;
        breaker = Breaker.CLOSED;
    }
}
