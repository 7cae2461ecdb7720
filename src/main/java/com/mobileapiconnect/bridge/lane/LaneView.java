package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.destination.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a lane.
 *
 * @param calling calls under way
 * @param concurrency calls that may be under way now
 * @param breaker {@code closed}, {@code open} or {@code probing}
 * @param waitNanos remaining time of the pause that the receiver asked for
 */
public record LaneView(
        int calling,
        int concurrency,
        String breaker,
        long waitNanos,
        @Nullable Failure lastFailure) {

    /** The last call that failed. */
    public record Failure(Instant at, Outcome.@Nullable Evidence evidence) {}

    /** Returns the view of a target that has no lane any more. */
    static LaneView of(Target target) {
        return new LaneView(0, target.pace().concurrency(), Governor.Breaker.CLOSED.wireName(), 0, null);
    }
}
