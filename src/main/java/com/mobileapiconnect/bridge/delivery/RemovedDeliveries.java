package com.mobileapiconnect.bridge.delivery;

import java.util.Map;
import java.util.Set;

/**
 * Unfinished deliveries that are no longer in the store.
 *
 * @param byTarget their ids by target
 * @param released targets in which another delivery of the same sender became due instead
 */
public record RemovedDeliveries(Map<String, Set<String>> byTarget, Set<String> released) {}
