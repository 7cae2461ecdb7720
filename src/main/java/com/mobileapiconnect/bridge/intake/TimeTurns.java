package com.mobileapiconnect.bridge.intake;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The turns of tenants that share one thread: next is whoever has had the least of its time. So the short steps of one
 * tenant wait for one long step of another at most. A tenant that was away has not saved up time. Only one thread uses it.
 */
final class TimeTurns {

    private static final int MOST_REMEMBERED = 1_000;

    private final Map<String, Line> lines = new HashMap<>();
    private final PriorityQueue<Line> waiting = new PriorityQueue<>(Comparator.comparingLong(line -> line.used));
    private long usedByServed;

    private static final class Line {

        private final String tenantId;
        private long used;
        private boolean waits;

        Line(String tenantId) {
            this.tenantId = tenantId;
        }
    }

    /** Lines a tenant up, unless it waits already. */
    void add(String tenantId) {
        if (lines.size() > MOST_REMEMBERED) {
            lines.values().removeIf(line -> !line.waits);
        }
        Line line = lines.computeIfAbsent(tenantId, Line::new);
        if (!line.waits) {
            line.waits = true;
            line.used = Math.max(line.used, usedByServed);
            waiting.add(line);
        }
    }

    /** Takes the tenant whose turn it is; null if none waits. */
    @Nullable String next() {
        Line line = waiting.poll();
        if (line == null) {
            return null;
        }
        line.waits = false;
        usedByServed = Math.max(usedByServed, line.used);
        return line.tenantId;
    }

    /** Notes how long a tenant that does not wait has had the thread. */
    void used(String tenantId, long nanos) {
        Line line = lines.get(tenantId);
        if (line != null) {
            line.used += nanos;
        }
    }
}
