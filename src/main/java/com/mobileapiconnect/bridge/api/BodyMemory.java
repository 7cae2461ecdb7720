package com.mobileapiconnect.bridge.api;

import java.util.concurrent.atomic.AtomicLong;

/** What bodies may take while they arrive and until their requests are answered, over all requests. */
final class BodyMemory {

    private final AtomicLong left;

    BodyMemory(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    boolean claim(int bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    void release(long bytes) {
        left.addAndGet(bytes);
    }
}
