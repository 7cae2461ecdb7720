package com.mobileapiconnect.bridge.lane;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Lanes that went without something that all share: tenants in turn, and the lanes of each in turn. */
final class LaneQueue {

    /** Lanes of each tenant, in the order of their turns; guarded by this. */
    private final Map<String, Set<Lane>> byTenant = new LinkedHashMap<>();

    /** Lines a lane up; a lane that waits already keeps its turn. */
    synchronized void add(Lane lane) {
        byTenant.computeIfAbsent(lane.tenantId(), tenant -> new LinkedHashSet<>())
                .add(lane);
    }

    synchronized void remove(Lane lane) {
        Set<Lane> lanes = byTenant.get(lane.tenantId());
        if (lanes != null && lanes.remove(lane) && lanes.isEmpty()) {
            byTenant.remove(lane.tenantId());
        }
    }

    synchronized boolean isEmpty() {
        return byTenant.isEmpty();
    }

    /** Takes the lanes whose turn it is: one of each tenant that may have one, then a second of each. */
    synchronized List<Lane> next(int most, Predicate<String> tenantMay) {
        List<Lane> next = new ArrayList<>();
        List<String> turns;
        do {
            turns = byTenant.keySet().stream()
                    .filter(tenantMay)
                    .limit(most - next.size())
                    .toList();
            turns.forEach(tenantId -> next.add(first(tenantId)));
        } while (!turns.isEmpty());
        return next;
    }

    /** Takes the tenant's first lane; the tenant's other lanes have their turn last. */
    private Lane first(String tenantId) {
        Set<Lane> lanes = Objects.requireNonNull(byTenant.remove(tenantId));
        Iterator<Lane> all = lanes.iterator();
        Lane first = all.next();
        all.remove();
        if (!lanes.isEmpty()) {
            byTenant.put(tenantId, lanes);
        }
        return first;
    }

    /** Takes all lanes. */
    synchronized List<Lane> all() {
        List<Lane> all = byTenant.values().stream().flatMap(Set::stream).toList();
        byTenant.clear();
        return all;
    }
}
