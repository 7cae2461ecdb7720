package com.mobileapiconnect.bridge.lane;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that deliveries of lanes may take, waiting and during their calls. A tenant takes at most three quarters of
 * it, and of the last quarter a little. The first one that waits in a lane is always admitted if it is of an ordinary size.
 * Long ones are not, since all calls may have one each; but a quarter is theirs, whatever ordinary ones take.
 */
final class LaneMemory {

    // The most deliveries that a lane holds beyond its first one, whatever the memory allows.
    private static final int MAX_HELD = 1024;
    private static final int MAX_HELD_CROWDED = 64;
    // Up to which weight a delivery is ordinary: a text of about 1,500 characters.
    static final int ORDINARY = 4 << 10;

    private final Part whole;
    private final Part ofLong;

    /** Some memory, and who has how much of it. */
    private static final class Part {

        final long all;
        private final AtomicLong left;
        private final TenantCounts byTenant = new TenantCounts();

        Part(long all) {
            this.all = all;
            this.left = new AtomicLong(all);
        }

        /** Takes a weight, whether it is there or not; returns what is left. */
        long take(String tenantId, int weight) {
            byTenant.add(tenantId, weight);
            return left.addAndGet(-weight);
        }

        void giveBack(String tenantId, int weight) {
            byTenant.add(tenantId, -weight);
            left.addAndGet(weight);
        }

        /** Returns whether a tenant has no more than its share, and nobody more than there is. */
        boolean fits(String tenantId, long margin) {
            long now = left.get();
            long share = now >= all / 4 ? all - all / 4 : all / 16;
            return now > 2 * margin && byTenant.add(tenantId, 0) <= share - margin;
        }

        boolean isWhole() {
            return left.get() == all;
        }
    }

    LaneMemory(long bytes) {
        this.whole = new Part(bytes);
        this.ofLong = new Part(bytes / 4);
    }

    /** Takes the weight of a delivery, unless its lane, which holds that many, may have no more. */
    boolean admits(int held, String tenantId, int weight) {
        boolean ordinary = weight <= ORDINARY;
        boolean alone = whole.isWhole(); // one that is heavier than all goes alone
        long now = take(tenantId, weight);
        boolean first = held == 0 && (ordinary || alone || ofLong.fits(tenantId, 0));
        // The second half of the memory is for lanes that hold little: a lane that is behind cannot take all memory.
        boolean plenty = now > whole.all / 2;
        int most = plenty ? MAX_HELD : ordinary ? MAX_HELD_CROWDED : 1;
        if (first || (held < most && whole.fits(tenantId, 0))) {
            return true;
        }
        giveBack(tenantId, weight);
        return false;
    }

    /** Returns whether a long delivery of a tenant has room, clearly: a lane that looks for it will find it. */
    boolean hasRoom(String tenantId) {
        return whole.isWhole() || whole.fits(tenantId, whole.all / 16) || ofLong.fits(tenantId, ofLong.all / 16);
    }

    void released(String tenantId, int weight) {
        giveBack(tenantId, weight);
        if (whole.left.get() > whole.all) {
            take(tenantId, weight);
            throw new IllegalStateException("A lane gave back " + weight + " bytes that it did not have");
        }
    }

    private long take(String tenantId, int weight) {
        if (weight > ORDINARY) {
            ofLong.take(tenantId, weight);
        }
        return whole.take(tenantId, weight);
    }

    private void giveBack(String tenantId, int weight) {
        whole.giveBack(tenantId, weight);
        if (weight > ORDINARY) {
            ofLong.giveBack(tenantId, weight);
        }
    }
}
