package com.mobileapiconnect.bridge.bench;

import java.util.Map;

/**
 * What one phase of load came to. {@code acknowledged} are the 202 that came while it lasted; {@code cpuSeconds} is
 * what the generator's thread used.
 */
record Result(String name, long acknowledged, double seconds, double cpuSeconds, Latencies latencies, Trouble trouble) {

    static final String HEADING = String.format(
            "%-10s %10s %10s %8s %8s %8s %8s %8s %8s  %s",
            "phase", "messages", "msg/s", "p50 ms", "p95 ms", "p99 ms", "max ms", "own cpu", "us/msg", "trouble");

    /**
     * What was not a new message acknowledged: other answers by status, requests without an answer, ids that another
     * message had been given. {@code reconnects} counts each attempt, also after the other side's regular closing.
     */
    record Trouble(Map<Integer, Long> refused, long broken, long sameId, long reconnects) {
        @Override
        public String toString() {
            return refused.isEmpty() && broken + sameId + reconnects == 0
                    ? "-"
                    : "non-202 " + refused + " broken " + broken + " same id " + sameId + " reconnects " + reconnects;
        }
    }

    double perSecond() {
        return acknowledged / seconds;
    }

    /** Of one core. */
    double coreShare() {
        return cpuSeconds / seconds;
    }

    /** One line of the table under the heading. */
    @Override
    public String toString() {
        return String.format(
                "%-10s %10d %10.0f %8.2f %8.2f %8.2f %8.2f %6.0f %% %8.1f  %s",
                name,
                acknowledged,
                perSecond(),
                latencies.millis(0.50),
                latencies.millis(0.95),
                latencies.millis(0.99),
                latencies.millis(1),
                100 * coreShare(),
                cpuSeconds * 1e6 / Math.max(1, acknowledged),
                trouble);
    }
}
