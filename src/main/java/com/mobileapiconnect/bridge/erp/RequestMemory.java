package com.mobileapiconnect.bridge.erp;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The memory of requests that mappings make long, from before they are made until their calls are over. A delivery weighs
 * no more in its lane for being named many times in its connection, so requests are weighed here. Ordinary ones are free. A
 * tenant may have half; one that is longer than all goes alone.
 */
@Component
public class RequestMemory {

    /** Bytes up to which a request is ordinary. */
    static final int FREE = 32 << 10;

    private static final int SHARE_OF_HEAP = 12;
    /** A request exists as values, as their tree, as text and as bytes, some of them twice while they grow. */
    private static final int COPIES = 8;

    private final long most;
    private final Map<String, Long> owned = new HashMap<>(); // guarded by this
    private long taken; // guarded by this

    @Autowired
    RequestMemory() {
        this(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    RequestMemory(long most) {
        this.most = most;
    }

    /** The memory that a request has until it is given back, which may be done twice. */
    public final class Held implements AutoCloseable {

        private final String tenantId;
        private long weight; // guarded by RequestMemory.this

        private Held(String tenantId, long weight) {
            this.tenantId = tenantId;
            this.weight = weight;
        }

        @Override
        public void close() {
            synchronized (RequestMemory.this) {
                taken -= weight;
                long given = weight;
                owned.computeIfPresent(tenantId, (same, own) -> own == given ? null : own - given);
                weight = 0;
            }
        }
    }

    /** Takes memory for a request of at most that many bytes; returns null if there is not as much. */
    public synchronized @Nullable Held take(String tenantId, long bytes) {
        long weight = bytes <= FREE ? 0 : bytes * COPIES;
        long own = owned.getOrDefault(tenantId, 0L);
        if ((own > 0 && own + weight > most / 2) || (taken > 0 && taken + weight > most)) {
            return null;
        }
        if (weight > 0) {
            taken += weight;
            owned.put(tenantId, own + weight);
        }
        return new Held(tenantId, weight);
    }

    synchronized long taken() {
        return taken;
    }
}
