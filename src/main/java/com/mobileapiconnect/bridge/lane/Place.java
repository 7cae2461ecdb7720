package com.mobileapiconnect.bridge.lane;

/** The kind of place that a call takes while it is under way, from the lightest on. */
enum Place {
    /** A place for a call of the product's own HTTP sender, which runs on the loop that carries the call. */
    LOOP,
    /**
     * A place for a call that waits for nothing but the receiver: the steps are short and run on one of the few quick
     * threads.
     */
    QUICK,
    /** A place for a call that may hold a worker, because the sender may wait. */
    WORKER,
    /** A place for a call through steps of an integrator, which may do anything to the thread that they run on. */
    STEPS;

    boolean holdsThread() {
        return this == WORKER || this == STEPS;
    }
}
