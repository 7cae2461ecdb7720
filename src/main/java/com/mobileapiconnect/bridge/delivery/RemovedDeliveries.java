package com.mobileapiconnect.bridge.delivery;

import java.util.Set;

/**
 * Unfinished deliveries that are no longer in the store.
 *
 * @param released targets in which another delivery of the same sender became due instead
 */
public record RemovedDeliveries(Set<String> ids, Set<String> released) {}
