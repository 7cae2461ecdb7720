package com.mobileapiconnect.bridge.outbox;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * How many unfinished deliveries each lane has, counted in turn and on an allowance: whatever the backlog, counting
 * takes no more than a little of the store's time.
 */
final class LaneDepths {

    /** Rows that may be counted each time, over all lanes; a deep lane is paid off over several times. */
    static final long ALLOWANCE = 50_000;

    private final Map<String, Long> counted = new TreeMap<>();
    private String last = "";
    private long left;

    /**
     * Goes on where it stopped the last time, until the allowance is used up or every lane was counted once.
     *
     * @param targetIds of all lanes there are, in order; others are forgotten
     */
    synchronized void count(List<String> targetIds, ToLongFunction<String> counting) {
        counted.keySet().retainAll(Set.copyOf(targetIds));
        left = Math.min(ALLOWANCE, left + ALLOWANCE);
        int size = targetIds.size();
        int at = Collections.binarySearch(targetIds, last);
        int start = at < 0 ? -at - 1 : at + 1;
        for (int i = 0; i < size && left > 0; i++) {
            last = targetIds.get((start + i) % size);
            long depth = counting.applyAsLong(last);
            counted.put(last, depth);
            left -= depth + 1;
        }
    }

    synchronized List<MultiGauge.Row<?>> rows() {
        List<MultiGauge.Row<?>> rows = new ArrayList<>(counted.size());
        counted.forEach((target, depth) -> rows.add(MultiGauge.Row.of(Tags.of("target", target), depth)));
        return rows;
    }
}
