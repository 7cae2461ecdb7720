package com.mobileapiconnect.bridge.retention;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The erasures under way: their tenant's tidying waits for them, so that it is done once for all. */
@Component
class Erasures {

    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    /** An erasure under way, until it is closed. */
    interface Turn extends AutoCloseable {

        @Override
        void close();
    }

    Turn begin(String tenantId) {
        underWay.merge(tenantId, 1, Integer::sum);
        return () -> underWay.computeIfPresent(tenantId, (id, now) -> now == 1 ? null : now - 1);
    }

    boolean any(String tenantId) {
        return underWay.containsKey(tenantId);
    }
}
