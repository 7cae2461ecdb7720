package com.mobileapiconnect.bridge.setting;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * The files that the system lets the process have open at once, and the parts of them that callers and calls may take.
 */
public final class OpenFiles {

    private static final long OTHERS = 2_048;

    private OpenFiles() {}

    /** Returns how many connections of callers there may be. */
    public static int forCallers() {
        return number(Math.max(most() / 2, most() - OTHERS));
    }

    /** Returns how many calls to targets there may be. */
    public static int forCalls() {
        return number(most() / 2);
    }

    private static int number(long files) {
        return (int) Math.min(files, Integer.MAX_VALUE);
    }

    private static long most() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }
}
