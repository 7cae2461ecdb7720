package com.mobileapiconnect.bridge.crash;

/** How many kills the suites' short forms make: a few, times {@code -Dcrash.times=…}. */
final class Kills {

    private Kills() {}

    static int timesFew(int few) {
        return few * Integer.getInteger("crash.times", 1);
    }
}
