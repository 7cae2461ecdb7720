package com.mobileapiconnect.bridge.message;

/** The times in ids. */
public final class IdTimes {

    private IdTimes() {}

    /** From now on new ids have the time of their making, also where an earlier suite of this process set a clock ahead. */
    public static void goByTheClock() {
        Ids.LATEST.set(0);
    }
}
