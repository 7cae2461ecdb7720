package com.mobileapiconnect.bridge.trial;

/**
 * The number of exchanges that went through a step since its route began to run.
 *
 * @param failed of these, those that failed in it
 */
record StepCount(long total, long failed) {

    @Override
    public String toString() {
        return failed == 0 ? total + "×" : total + "×, " + failed + " failed";
    }
}
