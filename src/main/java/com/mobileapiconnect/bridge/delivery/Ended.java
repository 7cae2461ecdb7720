package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A finished attempt and its consequence, from here on without the secrets of its target. The redelivery policy is applied
 * here and nowhere else.
 *
 * @param state the delivery's new state
 * @param nextAt the time at which a pending delivery is due again
 */
public record Ended(
        Attempt attempt,
        Outcome outcome,
        long durationMs,
        DeliveryState state,
        @Nullable String reason,
        @Nullable Instant nextAt) {

    static final String EXHAUSTED = "attempts-exhausted";
    static final String NO_OUTCOME = "no-outcome";
    static final String REJECTED = "rejected";
    static final String EXPIRED = "expired";

    public static Ended of(Attempt attempt, Outcome outcome, Instant now, long durationMs, RandomGenerator random) {
        Next next = next(attempt, outcome, now, random);
        return new Ended(
                attempt, outcome.withoutSecrets(attempt.target()), durationMs, next.state, next.reason, next.nextAt);
    }

    /** Returns, in a word for steps of a route, the consequence that an attempt has by its outcome so far. */
    public static String word(Attempt attempt) {
        Outcome outcome = attempt.outcome();
        if (outcome instanceof Outcome.Delivered) {
            return "delivered";
        } else if (outcome instanceof Outcome.Skipped) {
            return "skipped";
        } else if (isHeld(outcome)) {
            return "retry";
        }
        return outcome instanceof Outcome.Retry && !isLast(attempt) ? "retry" : "failed";
    }

    /** Returns whether no further attempt follows if this one fails. */
    private static boolean isLast(Attempt attempt) {
        return attempt.number() - attempt.delivery().grantedFrom()
                >= attempt.target().redelivery().maxAttempts();
    }

    /** Returns the end of an attempt whose route neither sent nor skipped: failed, for a person to decide. */
    public static Ended withoutOutcome(Attempt attempt, long durationMs) {
        Outcome outcome = new Outcome.Rejected(
                Outcome.Evidence.failure(Outcome.ErrorClass.ROUTE, "The route ended without sending or skipping it"));
        return new Ended(attempt, outcome, durationMs, DeliveryState.FAILED, NO_OUTCOME, null);
    }

    private record Next(
            DeliveryState state,
            @Nullable String reason,
            @Nullable Instant nextAt) {}

    private static Next next(Attempt attempt, Outcome outcome, Instant now, RandomGenerator random) {
        if (outcome instanceof Outcome.Delivered) {
            return new Next(DeliveryState.DELIVERED, null, null);
        } else if (outcome instanceof Outcome.Skipped skipped) {
            return new Next(DeliveryState.SKIPPED, skipped.reason(), null);
        } else if (outcome instanceof Outcome.Expired) {
            return new Next(DeliveryState.FAILED, EXPIRED, null);
        } else if (outcome instanceof Outcome.Rejected) {
            return new Next(DeliveryState.FAILED, REJECTED, null);
        } else if (isHeld(outcome)) {
            return new Next(DeliveryState.PENDING, null, now);
        } else if (outcome instanceof Outcome.Retry retry) {
            return retry(attempt, retry, now, random);
        }
        throw new IllegalStateException("No such outcome: " + outcome);
    }

    /** Returns whether the delivery waits for something else than its policy. */
    private static boolean isHeld(@Nullable Outcome outcome) {
        return outcome instanceof Outcome.Gone
                || outcome instanceof Outcome.LoginRefused
                || outcome instanceof Outcome.Deferred;
    }

    private static Next retry(Attempt attempt, Outcome.Retry retry, Instant now, RandomGenerator random) {
        RedeliveryPolicy policy = attempt.target().redelivery();
        int failures = attempt.number() - attempt.delivery().grantedFrom();
        if (isLast(attempt)) {
            return new Next(DeliveryState.FAILED, EXHAUSTED, null);
        }
        Duration delay = policy.delayAfter(failures, random);
        Duration asked = retry.after();
        Duration longer = asked != null && asked.compareTo(delay) > 0 ? asked : delay;
        Instant next = now.plus(longer);
        // Due at its expiry: no call is made then, but the delivery is failed in time.
        Instant end = attempt.target().pace().expiry(attempt.delivery().grantedAt());
        return new Next(DeliveryState.PENDING, null, end != null && end.isBefore(next) ? end : next);
    }

    public String deliveryId() {
        return attempt.delivery().id();
    }

    public boolean success() {
        return outcome instanceof Outcome.Delivered;
    }

    /** Returns whether a call was made, which belongs in the attempt log. */
    public boolean called() {
        return !(outcome instanceof Outcome.Skipped
                || outcome instanceof Outcome.Expired
                || outcome instanceof Outcome.Deferred);
    }
}
