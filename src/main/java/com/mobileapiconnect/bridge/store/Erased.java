package com.mobileapiconnect.bridge.store;

import java.util.Map;
import java.util.TreeMap;

/**
 * The rows that an erasure removed.
 *
 * @param rows   rows of the table itself
 * @param counts numbers of rows by the name that the caller reads, such as {@code messages}
 */
public record Erased(int rows, Map<String, Integer> counts) {

    public static final Erased NOTHING = new Erased(0, Map.of());

    public Erased {
        counts = Map.copyOf(counts);
    }

    public static Erased of(String name, int rows) {
        return new Erased(rows, Map.of(name, rows));
    }

    public Erased and(Erased more) {
        Map<String, Integer> sum = new TreeMap<>(counts);
        more.counts.forEach((name, count) -> sum.merge(name, count, Integer::sum));
        return new Erased(rows + more.rows, sum);
    }
}
