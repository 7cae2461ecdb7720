package com.mobileapiconnect.bridge.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives memory back to the system that was needed only for a while, mostly by the compiler and the class loaders during
 * warm-up. Flags that an operator has set are never changed.
 */
@Component
class ResidentMemory {

    private static final Logger LOG = LoggerFactory.getLogger(ResidentMemory.class);
    // The heap keeps less in reserve than the runtime would, and shrinks by itself after a minute without activity.
    private static final Map<String, String> HEAP = Map.of(
            "MinHeapFreeRatio", "20",
            "MaxHeapFreeRatio", "40",
            "G1PeriodicGCInterval", "60000");

    private boolean trims = true;

    ResidentMemory() {
        HotSpotDiagnosticMXBean runtime = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (runtime != null) {
            // In this order, because the runtime refuses a minimum above the maximum.
            HEAP.keySet().stream().sorted().forEach(name -> setUnlessGiven(runtime, name));
        }
    }

    private static void setUnlessGiven(HotSpotDiagnosticMXBean runtime, String name) {
        try {
            VMOption option = runtime.getVMOption(name);
            if (option.isWriteable() && option.getOrigin() == VMOption.Origin.DEFAULT) {
                runtime.setVMOption(name, HEAP.get(name));
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("This runtime has no {}", name);
        }
    }

    /** Makes glibc return memory that it keeps in the arena of each thread. */
    @Scheduled(fixedDelayString = "PT30S", initialDelayString = "PT15S")
    void trim() {
        if (!trims) {
            return;
        }
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "systemTrimNativeHeap",
                            new Object[0],
                            new String[0]);
        } catch (JMException e) {
            trims = false;
            LOG.debug("This runtime cannot trim its native heap", e);
        }
    }
}
