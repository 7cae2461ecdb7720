package com.mobileapiconnect.bridge.message;

/** The times in ids. */
public final class IdTimes {

    private IdTimes() {}

    /** From now on new ids have the time of their making, also where a bridge with a clock set ahead made some. */
    public static void goByTheClock() {
        Ids.LATEST.set(0);
    }
}
