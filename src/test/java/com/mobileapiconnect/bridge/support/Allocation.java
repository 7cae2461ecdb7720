package com.mobileapiconnect.bridge.support;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What some work takes from the heap on its own thread, whether it is still held or not. */
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Returns the bytes of the second run: the first one loads classes and fills caches. */
    public static long of(Runnable work) {
        work.run();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
