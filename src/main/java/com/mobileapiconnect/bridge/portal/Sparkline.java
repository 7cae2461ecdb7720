package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The deliveries of a day as bars, one for an hour.
 *
 * @param delivered how many in all
 * @param failed    likewise
 */
record Sparkline(List<Bar> bars, long delivered, long failed) {

    static final int HEIGHT = 40;
    static final int STEP = 10;

    private static final int HOURS = 24;

    /** @param failed the height of the upper part, which failed */
    record Bar(int x, int delivered, int failed) {}

    /** @param stats of a single target, as the API shows them */
    static Sparkline of(JsonNode stats) {
        long[] delivered = new long[HOURS];
        long[] failed = new long[HOURS];
        Instant until = Instant.parse(stats.path("until").asText());
        for (JsonNode hour : stats.path("hours")) {
            long ago = Duration.between(Instant.parse(hour.path("hour").asText()), until)
                    .toHours();
            if (ago >= 1 && ago <= HOURS) {
                delivered[HOURS - (int) ago] = hour.path("delivered").asLong();
                failed[HOURS - (int) ago] = hour.path("failed").asLong();
            }
        }
        long most = 1;
        long sum = 0;
        long lost = 0;
        for (int i = 0; i < HOURS; i++) {
            most = Math.max(most, delivered[i] + failed[i]);
            sum += delivered[i];
            lost += failed[i];
        }
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < HOURS; i++) {
            bars.add(new Bar(i * STEP, height(delivered[i], most), height(failed[i], most)));
        }
        return new Sparkline(bars, sum, lost);
    }

    /** Returns a height that is seen for whatever is not nothing. */
    private static int height(long count, long most) {
        return count == 0 ? 0 : (int) Math.max(2, count * HEIGHT / most);
    }

    int width() {
        return HOURS * STEP;
    }
}
