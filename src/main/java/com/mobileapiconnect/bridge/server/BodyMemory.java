package com.mobileapiconnect.bridge.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of all bodies that did not come at once, until their requests are answered. The second half is reserved
 * for small bodies: a few large ones that take their time must not keep every SMS out.
 */
final class BodyMemory {

    /** Bodies up to this size, nearly all, have memory of their own. */
    static final int SMALL = 8 << 10;

    private final long half;
    private final AtomicLong left;

    BodyMemory(long bytes) {
        this.half = bytes / 2;
        this.left = new AtomicLong(bytes);
    }

    /** @param soFar bytes of the body received so far, including these */
    boolean claim(int bytes, long soFar) {
        long floor = soFar > SMALL ? half : 0;
        long before = left.getAndUpdate(now -> now - bytes >= floor ? now - bytes : now);
        return before - bytes >= floor;
    }

    void release(long bytes) {
        left.addAndGet(bytes);
    }
}
