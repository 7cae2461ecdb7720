package com.mobileapiconnect.bridge.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time for which rows are kept.
 *
 * @param name    name of the setting below {@code bridge.retention}; also tags the metric
 * @param atLeast the shortest time, whatever the setting says
 * @param within  another setting that ends the same rows: unless this period is shorter, there is nothing to do; null
 *                for none
 * @param fixed   whether {@code atLeast} is the whole answer and there is no setting
 */
public record Period(
        String name, Duration atLeast, @Nullable String within, boolean fixed) {

    /** Returns the period that {@code bridge.retention.<name>} sets. */
    public static Period setting(String name) {
        return new Period(name, Duration.ZERO, null, false);
    }

    /** Returns the period during which rows are referred to, and this much longer. */
    public static Period unreferenced(String name, Duration atLeast) {
        return new Period(name, atLeast, null, true);
    }

    public Period atLeast(Duration shortest) {
        return new Period(name, shortest, within, fixed);
    }

    public Period within(String other) {
        return new Period(name, atLeast, other, fixed);
    }
}
