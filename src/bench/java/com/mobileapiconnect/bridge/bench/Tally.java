package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.bench.Result.Trouble;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The schedule and the counts of one phase of load, while it runs. Times are {@link System#nanoTime}. */
final class Tally {

    private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_WAIT_MILLIS = 100;

    private final Phase phase;
    private final long startedAt = System.nanoTime();
    private final Latencies latencies = new Latencies();
    private final Map<Integer, Long> refused = new TreeMap<>();
    private long sent;
    private long acknowledged;
    private long broken;
    private long sameId;
    private long reconnects;
    private long lastAcknowledgedAt = startedAt;
    private long printedAt = startedAt;
    private long printedCount;

    Tally(Phase phase) {
        this.phase = phase;
    }

    /** False when the phase is over, or nothing was acknowledged for a minute. */
    boolean sending(long now) {
        return sent < phase.messages() && now - startedAt < phase.nanos() && now - lastAcknowledgedAt < STALLED_NANOS;
    }

    /** Whether the next message is to go out now. */
    boolean isDue(long now) {
        return sent < phase.messages() && nanosToNext(now) <= 0;
    }

    /** Counts one more message, and gives the time from which its latency runs: with a rate, the one it was due at. */
    long startNext() {
        long now = System.nanoTime();
        long start = now + nanosToNext(now);
        sent++;
        return start;
    }

    /** How long to wait for answers before the schedule must be looked at again: at least 1, which is what there is. */
    long millisToNext(long now) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanosToNext(now));
        return millis <= 0 && phase.rate() == 0
                ? LONGEST_WAIT_MILLIS
                : Math.max(1, Math.min(millis, LONGEST_WAIT_MILLIS));
    }

    void acknowledged(long now, long start, boolean newId) {
        latencies.record(now - start);
        lastAcknowledgedAt = now;
        // Answers that come after the end keep their latency, and would make the rate look better than it was.
        if (now - startedAt <= phase.nanos()) {
            acknowledged++;
        }
        if (!newId) {
            sameId++;
        }
    }

    void refused(int status) {
        refused.merge(status, 1L, Long::sum);
    }

    void broken() {
        broken++;
    }

    void reconnect() {
        reconnects++;
    }

    /** One line each five seconds. */
    void printProgress(long now) {
        if (now - printedAt >= PROGRESS_NANOS) {
            System.out.printf(
                    "%-10s %4d s %10.0f msg/s, non-202 %s, broken %d%n",
                    phase.name(),
                    TimeUnit.NANOSECONDS.toSeconds(now - startedAt),
                    (acknowledged - printedCount) * 1e9 / (now - printedAt),
                    refused,
                    broken);
            printedAt = now;
            printedCount = acknowledged;
        }
    }

    /** A phase that ended by its count, or because nothing moved, lasted until its last 202. */
    Result result(long endedAt, long cpuNanos) {
        long nanos =
                Math.min(phase.nanos(), sent < phase.messages() ? endedAt - startedAt : lastAcknowledgedAt - startedAt);
        Trouble trouble = new Trouble(refused, broken, sameId, reconnects);
        return new Result(phase.name(), acknowledged, nanos / 1e9, cpuNanos / 1e9, latencies, trouble);
    }

    private long nanosToNext(long now) {
        return phase.rate() == 0 ? 0 : startedAt + (long) (sent * 1e9 / phase.rate()) - now;
    }
}
