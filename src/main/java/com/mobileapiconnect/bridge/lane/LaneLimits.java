package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.destination.Target;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits of a lane's calls: the rate of its target, what the receiver's answers ask for, and a pause while the bridge
 * has no room. Not thread-safe; its lane guards it. Times in nanoseconds are on the monotonic clock.
 */
final class LaneLimits {

    private static final Logger LOG = LoggerFactory.getLogger(LaneLimits.class);
    /** The time after which a call that the bridge had no room for is tried again; doubled while there is none. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(8);

    private final Governor governor = new Governor();
    private final Pacer pacer;
    private LaneView.@Nullable Failure lastFailure;
    private long nextPauseNanos = FIRST_PAUSE_NANOS;
    private boolean paused;
    private long pausedUntil;

    LaneLimits(long now) {
        this.pacer = new Pacer(now);
    }

    /** Returns the number of calls at once. */
    int concurrency(Target.Pace pace) {
        return governor.limit(pace.concurrency());
    }

    /** Returns for how long the next call has to wait. */
    long waitNanos(Target.Pace pace, boolean alone, long now) {
        long asked = Math.max(governor.heldFor(now, alone), pacer.waitNanos(now, pace.ratePerSecond()));
        return paused ? Math.max(asked, pauseNanos(now)) : asked;
    }

    private long pauseNanos(long now) {
        paused = now - pausedUntil < 0;
        return paused ? pausedUntil - now : 0;
    }

    /** Notes whether a delivery is ready for its call. */
    void ready(boolean ready) {
        pacer.ready(ready);
    }

    /** Notes a call; returns whether it is the probe, which is told by its end. */
    boolean started(Target.Pace pace, long now) {
        pacer.started(now, pace.ratePerSecond());
        return governor.started(now);
    }

    /** Notes how a call ended, and has the log say when the receiver has stopped to answer and when it is back. */
    void ended(@Nullable Outcome outcome, boolean probe, Target target, LaneTime time) {
        Governor.Breaker before = governor.breaker();
        note(outcome, probe, target.pace(), time);
        Governor.Breaker now = governor.breaker();
        if (before == Governor.Breaker.CLOSED && now == Governor.Breaker.OPEN) {
            LOG.info(
                    "Target {} of tenant {} has failed {} times in a row. Until it answers, one delivery at a time"
                            + " tries it, every 5 to 60 s",
                    target.id(),
                    target.tenantId(),
                    Governor.FAILURES);
        } else if (before != Governor.Breaker.CLOSED && now == Governor.Breaker.CLOSED) {
            LOG.info("Target {} of tenant {} answers again", target.id(), target.tenantId());
        }
    }

    private void note(@Nullable Outcome outcome, boolean probe, Target.Pace pace, LaneTime time) {
        nextPauseNanos = FIRST_PAUSE_NANOS;
        if (outcome instanceof Outcome.Delivered) {
            governor.success(pace.concurrency());
        } else if (outcome instanceof Outcome.Retry retry) {
            Integer status = retry.evidence().httpStatus();
            governor.failure(probe, pace.concurrency(), status, retry.after(), time.nanoTime());
            lastFailure = new LaneView.Failure(time.now(), retry.evidence());
        } else {
            notMade(probe, time.nanoTime());
            if (outcome instanceof Outcome.LoginRefused) {
                lastFailure = new LaneView.Failure(time.now(), outcome.evidence());
            }
        }
    }

    /** Notes a call that was not made, or told nothing of the receiver. */
    void notMade(boolean probe, long now) {
        if (probe) {
            governor.nothingLearnt(now);
        }
    }

    /** Notes a call that the bridge had no room for. */
    void deferred(Outcome.@Nullable Evidence why, LaneTime time) {
        paused = true;
        pausedUntil = time.nanoTime() + nextPauseNanos;
        nextPauseNanos = Math.min(2 * nextPauseNanos, LONGEST_PAUSE_NANOS);
        lastFailure = new LaneView.Failure(time.now(), why);
    }

    /** Removes what the receiver's answers asked for, after a change by a person. */
    void reset() {
        governor.reset();
    }

    LaneView view(int calling, Target.Pace pace, long now) {
        return new LaneView(
                calling, concurrency(pace), governor.breaker().wireName(), governor.waitNanos(now), lastFailure);
    }
}
