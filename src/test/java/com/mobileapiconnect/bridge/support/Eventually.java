package com.mobileapiconnect.bridge.support;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what happens by itself. */
public final class Eventually {

    /** A machine that other builds share needs that long for what takes a quiet one a moment. */
    private static final int LEAST_SECONDS = 60;

    private Eventually() {}

    public static void eventually(ThrowingRunnable assertion) {
        within(LEAST_SECONDS, assertion);
    }

    /**
     * Waits longer than usual.
     *
     * @param seconds if more than a minute; how fast something is shows in benchmarks, not here
     */
    public static void within(int seconds, ThrowingRunnable assertion) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Eventually::seldomAndMoreSeldom)
                .atMost(Duration.ofSeconds(Math.max(LEAST_SECONDS, seconds)))
                // A call that was cut or took too long is made again.
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(assertion);
    }

    /** Asking costs the processor that what is waited for needs: after two seconds it is done five times a second. */
    private static Duration seldomAndMoreSeldom(int asked, Duration before) {
        return Duration.ofMillis(Math.min(200, 10L + 10L * asked));
    }
}
