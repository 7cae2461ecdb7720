package com.mobileapiconnect.bridge.portal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hours of a day as bars: upwards what arrived, downwards what failed, on one scale.
 *
 * @param up   all that arrived
 * @param down all that failed
 */
record Hours(List<Bar> bars, long up, long down) {

    static final int WIDTH = 10;
    static final int UP = 40;
    static final int DOWN = 16;

    private static final int OF_A_DAY = 24;

    /** An hour as the API counts it; of a target nothing is received. */
    record Counted(String hour, @Nullable Long received, long delivered, long failed) {

        long arrived() {
            return received == null ? delivered : received;
        }
    }

    /**
     * An hour, with the heights of its bars.
     *
     * @param at its beginning
     */
    record Bar(String at, int x, long up, long down, int high, int deep) {}

    /** @param until the end of the last hour */
    static Hours of(List<Counted> counted, String until) {
        Map<Instant, Counted> byHour = new HashMap<>();
        counted.forEach(each -> byHour.put(Instant.parse(each.hour()), each));
        long most = 1;
        for (Counted each : counted) {
            most = Math.max(most, Math.max(each.arrived(), each.failed() * UP / DOWN));
        }
        List<Bar> bars = new ArrayList<>();
        Instant begin = Instant.parse(until).minus(Duration.ofHours(OF_A_DAY));
        for (int i = 0; i < OF_A_DAY; i++) {
            Instant at = begin.plus(Duration.ofHours(i));
            Counted there = byHour.getOrDefault(at, new Counted("", null, 0, 0));
            long up = there.arrived();
            long down = there.failed();
            bars.add(new Bar(at.toString(), i * WIDTH, up, down, height(up, most, UP), height(down, most, DOWN)));
        }
        return new Hours(
                bars,
                bars.stream().mapToLong(Bar::up).sum(),
                bars.stream().mapToLong(Bar::down).sum());
    }

    /** Returns a height that is seen for all that is more than nothing. */
    private static int height(long n, long most, int highest) {
        return n == 0 ? 0 : (int) Math.min(highest, Math.max(2, n * UP / most));
    }
}
