package com.mobileapiconnect.bridge.operations;

import java.time.Duration;
import java.time.Instant;

/**
 * A target that fails, without a success in between.
 *
 * @param noted whether the time is stored: occasional failures cost no write
 */
record Failing(String targetId, Instant since, boolean noted) {

    private static final Duration NOTED_AFTER = Duration.ofMinutes(1);

    /** Returns the state after another failure. */
    Failing still(Instant now) {
        return noted || now.isBefore(since.plus(NOTED_AFTER)) ? this : asNoted();
    }

    /** Returns the state that makes the next success an event, however short the failure. */
    Failing asNoted() {
        return noted ? this : new Failing(targetId, since, true);
    }

    /** Returns the state with its full time again, because a person has opened the target. */
    Failing from(Instant opened) {
        return since.isBefore(opened) ? new Failing(targetId, opened, noted) : this;
    }
}
