package com.mobileapiconnect.bridge.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the wall clock was set far ahead while the bridge runs. All that is stored is old by a clock that is wrong, and
 * what was removed does not come back: so there is a day to set it right.
 */
final class ClockLeap {

    private static final Logger LOG = LoggerFactory.getLogger(ClockLeap.class);
    private static final Duration DAY = Duration.ofDays(1);

    private final Clock wall;
    private final LongSupplier nanoTime;
    private Instant lastWall;
    private long lastNanos;
    private long leaptAt;
    private boolean recent;

    ClockLeap(Clock wall, LongSupplier nanoTime) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.lastWall = wall.instant();
        this.lastNanos = nanoTime.getAsLong();
    }

    /** Returns whether the clock was set ahead by more than a day within the last day, and has not been set back since. */
    synchronized boolean isRecent() {
        Instant now = wall.instant();
        long nanos = nanoTime.getAsLong();
        Duration setBy = Duration.between(lastWall, now).minusNanos(nanos - lastNanos);
        lastWall = now;
        lastNanos = nanos;
        if (setBy.compareTo(DAY) > 0) {
            LOG.warn(
                    "The wall clock was set ahead by {}: nothing ages out for a day; set it right if it is wrong",
                    setBy);
            leaptAt = nanos;
            recent = true;
        } else if (setBy.compareTo(DAY.negated()) < 0 || nanos - leaptAt > DAY.toNanos()) {
            recent = false;
        }
        return recent;
    }
}
