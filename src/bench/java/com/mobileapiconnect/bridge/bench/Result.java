package com.mobileapiconnect.bridge.bench;

import java.util.Map;
import java.util.Set;

/**
 * What one phase of load came to. {@code acknowledged} are the 202 within it, {@code refused} other answers by status;
 * {@code broken} requests got no answer, and {@code sameId} were given an id that another message has. Connections that
 * the other side closed between two requests are {@code reconnects}.
 */
record Result(
        String name,
        long acknowledged,
        double seconds,
        Latencies latencies,
        Map<Integer, Long> refused,
        long broken,
        long sameId,
        long reconnects,
        double cpuSeconds) {

    static final String HEADING = String.format(
            "%-10s %10s %10s %8s %8s %8s %8s  %7s  %s",
            "phase", "messages", "msg/s", "p50 ms", "p95 ms", "p99 ms", "max ms", "own cpu", "trouble");

    double perSecond() {
        return acknowledged / seconds;
    }

    /** One line of a table; {@code own cpu} is what the generator itself used of one core. */
    @Override
    public String toString() {
        return String.format(
                "%-10s %10d %10.0f %8.2f %8.2f %8.2f %8.2f  %5.0f %%  %s",
                name,
                acknowledged,
                perSecond(),
                latencies.millis(0.50),
                latencies.millis(0.95),
                latencies.millis(0.99),
                latencies.millis(1),
                100 * cpuSeconds / seconds,
                trouble());
    }

    private String trouble() {
        Set<Map.Entry<Integer, Long>> statuses = refused.entrySet();
        return statuses.isEmpty() && broken + sameId + reconnects == 0
                ? "-"
                : "non-202 " + statuses + " broken " + broken + " same id " + sameId + " reconnects " + reconnects;
    }
}
