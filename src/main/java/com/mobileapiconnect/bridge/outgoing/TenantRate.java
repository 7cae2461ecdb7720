package com.mobileapiconnect.bridge.outgoing;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits the automatic replies of a tenant in a minute by a bucket of a minute's worth, kept as the moment at which it
 * is full again. The bucket is in memory, for each node: its purpose is to bound the bill of a rule gone wrong.
 */
final class TenantRate {

    private static final double MINUTE_MILLIS = 60_000;

    private final double costMillis;
    private final Clock clock;
    private final Map<String, Double> fullAt = new HashMap<>();

    /** @param perMinute 0 or less: no replies at all */
    TenantRate(int perMinute, Clock clock) {
        this.costMillis = perMinute <= 0 ? Double.POSITIVE_INFINITY : MINUTE_MILLIS / perMinute;
        this.clock = clock;
    }

    /** Returns false, taking nothing, if the bucket is empty. */
    synchronized boolean take(String tenantId) {
        double now = clock.millis();
        double next = Math.max(fullAt.getOrDefault(tenantId, now), now) + costMillis;
        if (next - now > MINUTE_MILLIS) {
            return false;
        }
        fullAt.put(tenantId, next);
        return true;
    }
}
