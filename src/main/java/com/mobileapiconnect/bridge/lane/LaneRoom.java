package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Delivery;

/** The memory that all lanes share. */
interface LaneRoom {

    /** Returns whether a delivery may be held in memory beside {@code held} others of its lane. */
    boolean admits(int held, Delivery delivery);

    void released(Delivery delivery);
}
