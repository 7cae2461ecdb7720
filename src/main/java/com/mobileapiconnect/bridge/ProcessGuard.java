package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.thread.Threads;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that the process ends when it has to: on a full heap, which leaves nobody knows which threads dead, and
 * after a signal to stop, whatever state it is in.
 */
final class ProcessGuard {

    /** The status with which the runtime itself ends on a full heap, when it is told to. */
    private static final int OUT_OF_MEMORY = 3;
    /** The status of a process that a SIGTERM ended. */
    private static final int TERMINATED = 143;

    private static final Logger LOG = LoggerFactory.getLogger(ProcessGuard.class);
    private static final String FLAG = "ExitOnOutOfMemoryError";

    private ProcessGuard() {}

    /** @param longestStop time that an orderly stop may take before it is cut short */
    static void install(Duration longestStop) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof OutOfMemoryError) {
                Runtime.getRuntime().halt(OUT_OF_MEMORY); // anything more would need memory
            }
            LOG.error("The thread {} ended", thread.getName(), failure);
        });
        ScheduledThreadPoolExecutor timer = Threads.timer("stop-deadline");
        timer.prestartCoreThread(); // later there may be no memory for a thread
        Runnable halt = () -> Runtime.getRuntime().halt(TERMINATED);
        Runtime.getRuntime()
                .addShutdownHook(Threads.named("stop-deadline")
                        .newThread(() -> timer.schedule(halt, longestStop.toMillis(), TimeUnit.MILLISECONDS)));
        warnWithoutFlag();
    }

    private static void warnWithoutFlag() {
        try {
            HotSpotDiagnosticMXBean runtime = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            if (runtime != null && runtime.getVMOption(FLAG).getValue().equals("false")) {
                LOG.warn(
                        "Started without -XX:+{}: a full heap may leave the bridge running and answering nobody", FLAG);
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("This runtime has no {}", FLAG);
        }
    }
}
