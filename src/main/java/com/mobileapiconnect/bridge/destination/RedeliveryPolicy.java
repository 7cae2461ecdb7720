package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.mobileapiconnect.bridge.api.Fields;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The policy for retries of failed deliveries.
 *
 * @param maxAttempts  calls in all before the delivery is failed, 1–1,000
 * @param initialDelay delay after the first failure, up to 1 day
 * @param multiplier   factor of each further delay, 1–100
 * @param maxDelay     longest delay, without jitter, up to 7 days
 * @param jitter       only adds: delay × (1 + random up to this), 0–1
 * @param timeout      time of a call, from its start to the last byte of the answer, 1–30 s
 */
public record RedeliveryPolicy(
        int maxAttempts,
        @JsonSerialize(using = ToStringSerializer.class) Duration initialDelay,
        double multiplier,
        @JsonSerialize(using = ToStringSerializer.class) Duration maxDelay,
        double jitter,
        @JsonSerialize(using = ToStringSerializer.class) Duration timeout) {

    public static final RedeliveryPolicy DEFAULT =
            new RedeliveryPolicy(20, Duration.ofSeconds(5), 4, Duration.ofHours(6), 0.2, Duration.ofSeconds(8));

    private static final int MOST_ATTEMPTS = 1000;
    /** The failure from which on a delay is not shorter than the least: each attempt writes a row and a line of the log. */
    private static final int QUICK_RETRIES = 20;

    private static final Duration LEAST_DELAY = Duration.ofSeconds(1);
    private static final double HIGHEST_MULTIPLIER = 100;
    private static final double HIGHEST_JITTER = 1;
    private static final Duration LONGEST_INITIAL_DELAY = Duration.ofDays(1);
    private static final Duration LONGEST_DELAY = Duration.ofDays(7);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);
    private static final String[] NAMES = {"maxAttempts", "initialDelay", "multiplier", "maxDelay", "jitter", "timeout"
    };

    /** @param failures number of failed attempts since the policy began to count, at least 1 */
    public Duration delayAfter(int failures, RandomGenerator random) {
        double millis = initialDelay.toMillis() * Math.pow(multiplier, Math.max(0, failures - 1));
        double capped = Math.min(millis, (double) maxDelay.toMillis());
        Duration delay = Duration.ofMillis((long) (capped * (1 + jitter * random.nextDouble())));
        return failures >= QUICK_RETRIES && delay.compareTo(LEAST_DELAY) < 0 ? LEAST_DELAY : delay;
    }

    /** Reads a policy; omitted fields take their defaults. */
    public static RedeliveryPolicy read(@Nullable Fields fields) {
        if (fields == null) {
            return DEFAULT;
        }
        fields.allow(NAMES);
        Double multiplier = fields.optionalNumber("multiplier", 1, HIGHEST_MULTIPLIER);
        Double jitter = fields.optionalNumber("jitter", 0, HIGHEST_JITTER);
        return new RedeliveryPolicy(
                fields.integer("maxAttempts", 1, MOST_ATTEMPTS, DEFAULT.maxAttempts),
                duration(fields, "initialDelay", Duration.ZERO, LONGEST_INITIAL_DELAY, DEFAULT.initialDelay),
                multiplier == null ? DEFAULT.multiplier : multiplier,
                duration(fields, "maxDelay", Duration.ZERO, LONGEST_DELAY, DEFAULT.maxDelay),
                jitter == null ? DEFAULT.jitter : jitter,
                duration(fields, "timeout", SHORTEST_TIMEOUT, LONGEST_TIMEOUT, DEFAULT.timeout));
    }

    private static Duration duration(Fields fields, String name, Duration min, Duration max, Duration absent) {
        Duration duration = fields.duration(name, min, max);
        return duration == null ? absent : duration;
    }
}
