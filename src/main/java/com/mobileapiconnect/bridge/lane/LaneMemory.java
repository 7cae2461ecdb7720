package com.mobileapiconnect.bridge.lane;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that deliveries waiting in lanes may take. */
final class LaneMemory {

    // The most deliveries that a lane holds beyond its first one, whatever the memory allows.
    private static final int MAX_HELD = 1024;
    private static final int MAX_HELD_CROWDED = 64;

    private final long all;
    private final AtomicLong left;

    LaneMemory(long bytes) {
        this.all = bytes;
        this.left = new AtomicLong(bytes);
    }

    /** Takes the weight of a delivery, unless its lane, which holds that many, may have no more. */
    boolean admits(int held, int weight) {
        long now = left.addAndGet(-weight);
        // The second half of the memory is for lanes that hold little: a lane that is behind cannot take all memory.
        int most = now > all / 2 ? MAX_HELD : MAX_HELD_CROWDED;
        if (held == 0 || (now > 0 && held < most)) {
            return true;
        }
        left.addAndGet(weight);
        return false;
    }

    void released(int weight) {
        if (left.addAndGet(weight) > all) {
            left.addAndGet(-weight);
            throw new IllegalStateException("A lane gave back " + weight + " bytes that it did not have");
        }
    }
}
