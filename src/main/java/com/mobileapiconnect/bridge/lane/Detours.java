package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.destination.Target;
import java.util.HashMap;
import java.util.Map;

/**
 * The routes that take the deliveries of one target each, in place of the route for all.
 *
 * @param <R> a route
 */
final class Detours<R> {

    private volatile Map<String, R> byTarget = Map.of();

    /** @param target its id, as people know it */
    synchronized void open(String target, R route) {
        Map<String, R> more = new HashMap<>(byTarget);
        more.put(target, route);
        byTarget = Map.copyOf(more);
    }

    /** Ends a route's part, unless a newer version has taken over. */
    synchronized void close(String target, R route) {
        Map<String, R> fewer = new HashMap<>(byTarget);
        fewer.remove(target, route);
        byTarget = Map.copyOf(fewer);
    }

    /** Returns the way of a target's calls; while nobody has a route of his own, this is the reading of a field. */
    R of(Target target, R forAll) {
        Map<String, R> now = byTarget;
        return now.isEmpty() ? forAll : now.getOrDefault(target.publicId(), forAll);
    }
}
