package com.mobileapiconnect.bridge.bench;

/** A histogram of nanoseconds in log-linear buckets, each about 3 % wide: 15 KiB, however many are recorded. */
final class Latencies {

    private static final int SUB_BITS = 5;

    private final long[] buckets = new long[(Long.SIZE - SUB_BITS) << SUB_BITS];
    private long count;
    private long max;

    void record(long nanos) {
        long value = Math.max(0, nanos);
        buckets[bucket(value)]++;
        count++;
        max = Math.max(max, value);
    }

    void add(Latencies others) {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] += others.buckets[i];
        }
        count += others.count;
        max = Math.max(max, others.max);
    }

    /** The milliseconds that this share of all stayed within; 1 gives the longest, 0 when nothing was recorded. */
    double millis(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (seen >= wanted) {
                return Math.min(max, upperBound(i)) / 1e6;
            }
        }
        return max / 1e6;
    }

    private static int bucket(long value) {
        int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - SUB_BITS);
        return (shift << SUB_BITS) + (int) (value >>> shift);
    }

    private static long upperBound(int bucket) {
        int shift = Math.max(0, (bucket >> SUB_BITS) - 1);
        long first = (long) (bucket - (shift << SUB_BITS)) << shift;
        return first + (1L << shift) - 1;
    }
}
