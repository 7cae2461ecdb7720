package com.mobileapiconnect.bridge.stats;

import org.jspecify.annotations.Nullable;

/**
 * Counts by how long something took, in buckets of a fixed logarithmic scale: a millisecond each up to 16, from there on
 * eight for each doubling. The time that a bucket stands for is at most 6.25 % away from the measured one.
 */
public final class Latencies {

    private static final int EXACT = 16;
    private static final int PER_DOUBLING = 8;
    private static final int FIRST_EXPONENT = 4;
    /** 2^41 milliseconds are 69 years. */
    private static final int LAST_EXPONENT = 40;

    static final int BUCKETS = EXACT + (LAST_EXPONENT - FIRST_EXPONENT + 1) * PER_DOUBLING;

    private final long[] counts = new long[BUCKETS];
    private long total;

    /** Returns the bucket of a time; one below zero, by a clock that was set back, counts as none. */
    static int bucket(long millis) {
        if (millis < EXACT) {
            return (int) Math.max(0, millis);
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(millis);
        if (exponent > LAST_EXPONENT) {
            return BUCKETS - 1;
        }
        int eighth = (int) (millis >>> (exponent - 3)) & (PER_DOUBLING - 1);
        return EXACT + (exponent - FIRST_EXPONENT) * PER_DOUBLING + eighth;
    }

    /** Returns the middle of a bucket. */
    static long millis(int bucket) {
        if (bucket < EXACT) {
            return bucket;
        }
        int shift = (bucket - EXACT) / PER_DOUBLING + FIRST_EXPONENT - 3;
        long eighths = PER_DOUBLING + (bucket - EXACT) % PER_DOUBLING;
        return (eighths << shift) + (1L << shift) / 2;
    }

    void add(int bucket, long count) {
        counts[bucket] += count;
        total += count;
    }

    /** Adds what {@link #text} gave. */
    void add(String text) {
        int at = 0;
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            int end = text.indexOf(' ', colon);
            int behind = end < 0 ? text.length() : end;
            add(Integer.parseInt(text, at, colon, 10), Long.parseLong(text, colon + 1, behind, 10));
            at = behind + 1;
        }
    }

    void add(Latencies more) {
        for (int i = 0; i < BUCKETS; i++) {
            add(i, more.counts[i]);
        }
    }

    /** Returns the buckets that have something, as {@code 3:12 17:1}. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < BUCKETS; i++) {
            if (counts[i] != 0) {
                text.append(text.isEmpty() ? "" : " ").append(i).append(':').append(counts[i]);
            }
        }
        return text.toString();
    }

    public long total() {
        return total;
    }

    /**
     * Returns the milliseconds within which this part of all was done; null if nothing was counted.
     *
     * @param percent from 1 to 100
     */
    public @Nullable Long percentile(int percent) {
        if (total == 0) {
            return null;
        }
        long rank = (total * percent + 99) / 100;
        int bucket = 0;
        for (long below = counts[0]; below < rank; below += counts[bucket]) {
            bucket++;
        }
        return millis(bucket);
    }
}
