package com.mobileapiconnect.bridge.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What bodies that did not come at once may take until their requests are answered, over all requests. The second half
 * is for small ones: a few large bodies that take their time must not keep every SMS out.
 */
final class BodyMemory {

    private final long half;
    private final AtomicLong left;

    BodyMemory(long bytes) {
        this.half = bytes / 2;
        this.left = new AtomicLong(bytes);
    }

    /** @param soFar what has come of the body, these included */
    boolean claim(int bytes, long soFar) {
        long floor = soFar > ArrivingBody.SMALL ? half : 0;
        long before = left.getAndUpdate(now -> now - bytes >= floor ? now - bytes : now);
        return before - bytes >= floor;
    }

    void release(long bytes) {
        left.addAndGet(bytes);
    }
}
