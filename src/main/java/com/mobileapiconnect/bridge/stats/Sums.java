package com.mobileapiconnect.bridge.stats;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The counts that a unit adds to those of their hours. */
final class Sums {

    private final Map<Place, Counts> counts = new HashMap<>();

    /** An hour of a target, or of a tenant. */
    record Place(String tenantId, String targetId, long hour) {}

    Counts of(String tenantId, String targetId, long hour) {
        return counts.computeIfAbsent(new Place(tenantId, targetId, hour), place -> new Counts());
    }

    Set<Map.Entry<Place, Counts>> all() {
        return counts.entrySet();
    }
}
