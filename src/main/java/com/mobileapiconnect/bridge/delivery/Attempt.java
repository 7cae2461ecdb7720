package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One try at a delivery: passes through the route and comes back with an outcome. */
public final class Attempt {

    private final Delivery delivery;
    private final Target target;
    private final int number;
    private final Instant at;
    private final long startNanos;
    private volatile @Nullable Outcome outcome;

    public Attempt(Delivery delivery, Target target, Instant at, long startNanos) {
        this.delivery = delivery;
        this.target = target;
        this.number = delivery.attempts() + 1;
        this.at = at;
        this.startNanos = startNanos;
    }

    public Delivery delivery() {
        return delivery;
    }

    /** The target as it was when the attempt began. */
    public Target target() {
        return target;
    }

    /** From 1. */
    public int number() {
        return number;
    }

    public Instant at() {
        return at;
    }

    /** On the monotonic clock. */
    public long startNanos() {
        return startNanos;
    }

    /** When the target's timeout is over, on the monotonic clock: the end of the attempt, steps of the route included. */
    public long deadlineNanos() {
        return startNanos + target.redelivery().timeout().toNanos();
    }

    /** The last word counts: a route may try one thing and then another. */
    public void decide(Outcome decided) {
        outcome = decided;
    }

    public @Nullable Outcome outcome() {
        return outcome;
    }
}
