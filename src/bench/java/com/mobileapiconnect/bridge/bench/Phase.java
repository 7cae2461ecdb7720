package com.mobileapiconnect.bridge.bench;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How long load is made: for a time, or until so many were sent; {@code rate} a second, 0 as fast as it goes. */
record Phase(String name, long nanos, long messages, double rate) {

    static Phase seconds(String name, double seconds, double rate) {
        return new Phase(name, (long) (seconds * 1e9), Long.MAX_VALUE, rate);
    }

    static Phase warmup(Options options) {
        return seconds("warm-up", options.number("warmup", 45), options.number("rate", 0));
    }

    /** {@code --messages} before {@code --seconds}, which is 30 when nothing is said. */
    static Phase measured(Options options) {
        double rate = options.number("rate", 0);
        Optional<Long> messages = options.text("messages").map(Long::valueOf);
        return messages.map(count -> new Phase("measured", TimeUnit.DAYS.toNanos(365), count, rate))
                .orElseGet(() -> seconds("measured", options.number("seconds", 30), rate));
    }
}
