package com.mobileapiconnect.bridge.lane;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps a lane's {@code ratePerSecond}. Times are nanoseconds of the monotonic clock. */
final class Pacer {

    /** The most time that a late lane makes up for, so that the rate is kept and a burst is short. */
    private static final long CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private long nextStart;
    /** True if deliveries have been ready without interruption since the last call; otherwise the lane is not late. */
    private boolean behind;

    Pacer(long now) {
        this.nextStart = now;
    }

    void ready(boolean something) {
        behind &= something;
    }

    /** Returns the time that the next call has to wait; at most 0 if it need not. */
    long waitNanos(long now, @Nullable Double perSecond) {
        return perSecond == null ? 0 : nextStart - now;
    }

    void started(long now, @Nullable Double perSecond) {
        if (perSecond != null) {
            long earliest = behind ? now - CATCH_UP_NANOS : now;
            nextStart = Math.max(nextStart, earliest) + (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
            behind = true;
        }
    }
}
