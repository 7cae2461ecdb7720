package com.mobileapiconnect.bridge.lane;

/** The kind of place that a call takes while it is under way. */
enum Place {
    /**
     * A place for a call that waits for nothing but the receiver: its steps are short, so they run on one of the few
     * quick threads.
     */
    QUICK,
    /** A step of the route, or the sender, may wait: it may hold a worker. */
    WORKER
}
