package com.mobileapiconnect.bridge.portal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The days of targets as bars, each asked for once a minute at most: an hour has a single bar. */
@Component
class Sparks {

    private static final int MOST = 2_000;
    private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(1);

    private record Of(String tenantId, String target) {}

    private record Known(long at, Hours hours) {}

    private record Stats(String until, List<Hours.Counted> hours) {}

    private final Map<Of, Known> known = new LinkedHashMap<>() { // guarded by itself
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Of, Known> eldest) {
                    return size() > MOST;
                }
            };

    /** @param visit of somebody who may see the tenant's counts */
    Hours of(Visit visit, String target) {
        Of of = new Of(visit.tenantId(), target);
        long now = System.nanoTime();
        Known before;
        synchronized (known) {
            before = known.get(of);
        }
        if (before != null && now - before.at() < FRESH_NANOS) {
            return before.hours();
        }
        Stats stats = visit.call(Call.get("/v1/stats").with("target", target)).as(Stats.class);
        Hours hours = Hours.of(stats.hours(), stats.until());
        synchronized (known) {
            known.remove(of);
            known.put(of, new Known(now, hours));
        }
        return hours;
    }
}
