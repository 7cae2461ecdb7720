package com.mobileapiconnect.bridge.lane;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that deliveries waiting in lanes may take. A tenant takes at most three quarters of it, and of the last
 * quarter a little; the first delivery of a lane is always admitted.
 */
final class LaneMemory {

    // The most deliveries that a lane holds beyond its first one, whatever the memory allows.
    private static final int MAX_HELD = 1024;
    private static final int MAX_HELD_CROWDED = 64;

    private final long all;
    private final AtomicLong left;
    private final TenantCounts byTenant = new TenantCounts();

    LaneMemory(long bytes) {
        this.all = bytes;
        this.left = new AtomicLong(bytes);
    }

    /** Takes the weight of a delivery, unless its lane, which holds that many, may have no more. */
    boolean admits(int held, String tenantId, int weight) {
        long now = left.addAndGet(-weight);
        long own = byTenant.add(tenantId, weight);
        // The second half of the memory is for lanes that hold little: a lane that is behind cannot take all memory.
        int most = now > all / 2 ? MAX_HELD : MAX_HELD_CROWDED;
        boolean shares = own <= (now >= all / 4 ? all - all / 4 : all / 16);
        if (held == 0 || (now > 0 && shares && held < most)) {
            return true;
        }
        byTenant.add(tenantId, -weight);
        left.addAndGet(weight);
        return false;
    }

    void released(String tenantId, int weight) {
        if (left.addAndGet(weight) > all) {
            left.addAndGet(-weight);
            throw new IllegalStateException("A lane gave back " + weight + " bytes that it did not have");
        }
        byTenant.add(tenantId, -weight);
    }
}
