package com.mobileapiconnect.bridge.lane;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The amount of something shared that each tenant has taken. */
final class TenantCounts {

    private final Map<String, AtomicLong> byTenant = new ConcurrentHashMap<>();

    /** Adds to a tenant's amount, or takes from it; returns what it is then. */
    long add(String tenantId, long amount) {
        AtomicLong count = byTenant.get(tenantId); // without the lock that the next line may take
        return (count == null ? byTenant.computeIfAbsent(tenantId, first -> new AtomicLong()) : count)
                .addAndGet(amount);
    }
}
