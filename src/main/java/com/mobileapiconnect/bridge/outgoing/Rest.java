package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.device.Transport;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time for which a gateway is left in peace.
 *
 * @param failures in a row
 */
record Rest(int failures, Instant until, Transport.Pushed from) {

    /** Failures in a row after which a gateway is asked less often. */
    private static final int FAILURES = 10;

    private static final Duration SHORTEST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    /** @param wanted by the gateway itself */
    static Rest after(@Nullable Rest before, Transport.Pushed from, Instant now, Duration wanted) {
        int failures = before == null ? 1 : before.failures() + 1;
        Duration own = failures < FAILURES ? Duration.ZERO : SHORTEST_REST;
        for (int i = FAILURES; i < failures && own.compareTo(LONGEST_REST) < 0; i++) {
            own = own.multipliedBy(2);
        }
        own = own.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : own;
        return new Rest(failures, now.plus(own.compareTo(wanted) < 0 ? wanted : own), from);
    }
}
