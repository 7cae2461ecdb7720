package com.mobileapiconnect.bridge.server;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives memory outside of the heap back to the system that was needed only for a while, mostly by the compiler and the class
 * loaders during warm-up.
 */
@Component
class ResidentMemory {

    private static final Logger LOG = LoggerFactory.getLogger(ResidentMemory.class);
    private boolean trims = true;

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
