package com.mobileapiconnect.bridge.lane;

/** The memory that all lanes share. */
interface LaneRoom {

    /** Returns whether a delivery of this weight may be held in memory beside {@code held} others of its lane. */
    boolean admits(int held, int weight);

    void released(int weight);
}
