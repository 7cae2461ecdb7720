package com.mobileapiconnect.bridge.lane;

import java.time.Instant;

/** The clocks of a lane. */
interface LaneTime {

    long nanoTime();

    Instant now();
}
