package com.mobileapiconnect.bridge.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that calls may take beyond what every call has: for long answers, whose length receivers decide, and for TLS.
 * A tenant's calls take at most three quarters of it, and of the last quarter a little.
 */
final class CallMemory {

    /** Bytes of a head, and bytes of a kept body, that each call may have without asking. */
    static final int FREE = 1 << 10;
    /** Memory of a connection over TLS, measured as 17 KB. */
    static final int TLS = 20 << 10;

    private static final int SHARE_OF_HEAP = 8;

    private final long all;
    private final AtomicLong taken = new AtomicLong();
    private final Map<String, Long> byTenant = new ConcurrentHashMap<>();

    CallMemory() {
        this(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    CallMemory(long all) {
        this.all = all;
    }

    /** Takes some for a tenant; false if there is not as much. */
    boolean take(String tenantId, int bytes) {
        long now = taken.addAndGet(bytes);
        long own = byTenant.merge(tenantId, (long) bytes, Long::sum);
        boolean crowded = now > all - all / 4;
        if (now <= all && own <= (crowded ? all / 16 : all - all / 4)) {
            return true;
        }
        release(tenantId, bytes);
        return false;
    }

    void release(String tenantId, int bytes) {
        taken.addAndGet(-bytes);
        byTenant.computeIfPresent(tenantId, (same, own) -> own == bytes ? null : own - bytes);
    }

    long taken() {
        return taken.get();
    }
}
