package com.mobileapiconnect.bridge.lane;

/** What a call takes while it is under way. */
enum Place {
    /** Nothing waits in it but the receiver: its steps are over at once, so they run on one of the few quick threads. */
    QUICK,
    /** A step of the route, or the sender, may wait: it may hold a worker. */
    WORKER
}
