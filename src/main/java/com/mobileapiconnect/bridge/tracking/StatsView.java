package com.mobileapiconnect.bridge.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mobileapiconnect.bridge.stats.Counts;
import com.mobileapiconnect.bridge.tracking.DeliveryView.TargetRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a period, as the API shows them.
 *
 * @param since        beginning of the first hour
 * @param until        end of the last hour
 * @param countedUntil time until which everything is counted; null if nothing was counted since the start
 * @param hours        those in which anything happened, oldest first
 * @param data         a page of the targets for which anything happened or waits
 */
record StatsView(
        Instant since,
        Instant until,
        @Nullable Instant countedUntil,
        Sums total,
        List<Hour> hours,
        List<OfTarget> data,
        @Nullable String next) {

    /** The time within which a half and nearly all of what was delivered had been delivered. */
    record Latency(long p50Ms, long p95Ms) {

        static @Nullable Latency of(Counts counts) {
            Long half = counts.latencies().percentile(50);
            Long most = counts.latencies().percentile(95);
            return half == null || most == null ? null : new Latency(half, most);
        }
    }

    /**
     * @param received messages; null for a single target
     * @param waiting  unfinished deliveries at present
     */
    record Sums(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long received,

            long delivered,
            long failed,
            long skipped,
            long waiting,
            @Nullable Latency latency) {

        static Sums of(Counts counts, boolean ofTenant, long waiting) {
            return new Sums(
                    ofTenant ? counts.received() : null,
                    counts.delivered(),
                    counts.failed(),
                    counts.skipped(),
                    waiting,
                    Latency.of(counts));
        }
    }

    /** @param hour its beginning */
    record Hour(
            Instant hour,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long received,

            long delivered,
            long failed,
            long skipped,
            @Nullable Latency latency) {

        static Hour of(Instant begin, Counts counts, boolean ofTenant) {
            return new Hour(
                    begin,
                    ofTenant ? counts.received() : null,
                    counts.delivered(),
                    counts.failed(),
                    counts.skipped(),
                    Latency.of(counts));
        }
    }

    record OfTarget(
            TargetRef target,
            long delivered,
            long failed,
            long skipped,
            long waiting,
            @Nullable Latency latency) {

        static OfTarget of(TargetRef target, Counts counts, long waiting) {
            return new OfTarget(
                    target, counts.delivered(), counts.failed(), counts.skipped(), waiting, Latency.of(counts));
        }
    }
}
