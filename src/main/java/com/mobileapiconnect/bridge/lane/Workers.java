package com.mobileapiconnect.bridge.lane;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.system.JavaVersion;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** Threads that may wait for a receiver: virtual ones where the runtime has them, else as many as calls are allowed. */
final class Workers {

    private static final long IDLE_SECONDS = 20;
    private static final long STACK_BYTES = 256 << 10;

    private Workers() {}

    static Executor create(int maxCalls) {
        if (JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE)) {
            SimpleAsyncTaskExecutor virtual = new SimpleAsyncTaskExecutor("deliver-");
            virtual.setVirtualThreads(true);
            return virtual;
        }
        // The lanes bound the calls; there is always a thread for one that was let through, or one about to be free.
        return new ThreadPoolExecutor(
                0, maxCalls + maxCalls / 4 + 8, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(null, task, "deliver", STACK_BYTES);
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
