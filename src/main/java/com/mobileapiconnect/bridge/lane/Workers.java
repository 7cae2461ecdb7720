package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.thread.Threads;
import java.util.concurrent.Executor;
import org.springframework.boot.system.JavaVersion;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** Threads that may wait for a receiver: virtual ones where the runtime has them, else as many as calls are allowed. */
final class Workers {

    private static final long STACK_BYTES = 256 << 10;

    private Workers() {}

    static Executor create(int maxCalls) {
        if (JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE)) {
            SimpleAsyncTaskExecutor virtual = new SimpleAsyncTaskExecutor("deliver-");
            virtual.setVirtualThreads(true);
            return virtual;
        }
        // The lanes bound the calls; there is always a thread for one that was let through, or one about to be free.
        return Threads.upTo(maxCalls + maxCalls / 4 + 8, "deliver", STACK_BYTES);
    }
}
