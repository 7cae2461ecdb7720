package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.SaidSecrets;
import com.mobileapiconnect.bridge.destination.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A try at a delivery, which passes through the route and comes back with an outcome. */
public final class Attempt {

    private static final int LONGEST_STEP_ERROR = 500;

    private final Delivery delivery;
    private final Target target;
    private final int number;
    private final Instant at;
    private final long startNanos;
    private volatile long deadlineNanos;
    private volatile @Nullable Outcome outcome;
    private volatile @Nullable String stepError;

    public Attempt(Delivery delivery, Target target, Instant at, long startNanos) {
        this.delivery = delivery;
        this.target = target;
        this.number = delivery.attempts() + 1;
        this.at = at;
        this.startNanos = startNanos;
        this.deadlineNanos = startNanos + target.redelivery().timeout().toNanos();
    }

    public Delivery delivery() {
        return delivery;
    }

    /** The target as it was when the attempt began. */
    public Target target() {
        return target;
    }

    /** Returns the number of the attempt, counted from 1. */
    public int number() {
        return number;
    }

    public Instant at() {
        return at;
    }

    /** Returns the start of the attempt on the monotonic clock. */
    public long startNanos() {
        return startNanos;
    }

    /**
     * Returns the end, on the monotonic clock, of what the attempt is at. That of the call is its beginning and the
     * target's timeout; steps of the route before and after it have a time of their own.
     */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** Sets the end of what the attempt is at now. */
    public void endBy(long nanos) {
        deadlineNanos = nanos;
    }

    /** Sets the outcome; the last call counts, because a route may try several things. */
    public void decide(Outcome decided) {
        outcome = decided;
    }

    /** Withdraws the outcome: the route tries something else. */
    public void undecide() {
        outcome = null;
    }

    /** Notes that a step of the route failed after the outcome was decided, which stands. */
    public void stepFailed(String why) {
        stepError = SaidSecrets.hide(Excerpt.line(why, LONGEST_STEP_ERROR), target);
    }

    /** Returns what went wrong after the outcome was decided; null if nothing did. */
    public @Nullable String stepError() {
        return stepError;
    }

    public @Nullable Outcome outcome() {
        return outcome;
    }
}
