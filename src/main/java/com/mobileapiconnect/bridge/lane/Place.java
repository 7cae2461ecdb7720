package com.mobileapiconnect.bridge.lane;

/** The kind of place that a call takes while it is under way. */
enum Place {
    /**
     * A place for a call that waits for nothing but the receiver: the steps are short and run on one of the few quick
     * threads.
     */
    QUICK,
    /** A place for a call that may hold a worker, because a step of the route or the sender may wait. */
    WORKER
}
