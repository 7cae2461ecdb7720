package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.lane.LaneView;
import com.mobileapiconnect.bridge.tracking.DeliveryView.TargetRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A target with its lane, as the API shows it.
 *
 * @param id             the target's id in the API
 * @param depth          unfinished deliveries, including held ones
 * @param inFlight       calls under way
 * @param concurrency    calls at once, as set
 * @param concurrencyNow calls at once, as the receiver's answers allow
 * @param breaker        closed, open, or probing with a single delivery
 * @param waitingUntil   time until which the receiver asked for no calls
 * @param oldestDueAt    time since which the oldest due delivery has been due
 * @param lastError      error of the last call that failed since the bridge started
 */
record TargetLane(
        String id,
        TargetRef target,
        String status,
        @Nullable String statusReason,
        boolean enabled,
        long depth,
        int inFlight,
        int concurrency,
        int concurrencyNow,
        @Nullable Double ratePerSecond,
        boolean ordered,
        String breaker,
        @Nullable Instant waitingUntil,
        @Nullable Instant oldestDueAt,
        @Nullable LastError lastError) {

    record LastError(
            Instant at,
            @Nullable String errorClass,
            @Nullable Integer httpStatus,
            @Nullable String error) {

        static @Nullable LastError of(LaneView.@Nullable Failure failure) {
            if (failure == null) {
                return null;
            }
            Outcome.Evidence evidence = failure.evidence();
            Outcome.ErrorClass errorClass = evidence == null ? null : evidence.errorClass();
            return new LastError(
                    failure.at(),
                    errorClass == null ? null : errorClass.wireName(),
                    evidence == null ? null : evidence.httpStatus(),
                    evidence == null ? null : evidence.error());
        }
    }

    static TargetLane of(Target target, LaneView lane, long depth, @Nullable Instant oldestDue, Instant now) {
        return new TargetLane(
                target.publicId(),
                new TargetRef(target.type().wireName(), target.publicId(), target.name()),
                target.status().wireName(),
                target.statusReason(),
                target.enabled(),
                depth,
                lane.calling(),
                target.pace().concurrency(),
                lane.concurrency(),
                target.pace().ratePerSecond(),
                target.pace().ordered(),
                lane.breaker(),
                lane.waitNanos() == 0 ? null : now.plusNanos(lane.waitNanos()),
                oldestDue == null || oldestDue.isAfter(now) ? null : oldestDue,
                LastError.of(lane.lastFailure()));
    }
}
