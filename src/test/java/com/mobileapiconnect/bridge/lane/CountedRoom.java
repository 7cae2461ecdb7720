package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Delivery;

/** Room for a number of deliveries, and for the first one of a lane in any case. */
abstract class CountedRoom implements LaneRoom {

    int room = 100_000;
    int held;

    @Override
    public boolean admits(int heldByLane, Delivery delivery) {
        if (heldByLane > 0 && held >= room) {
            return false;
        }
        held++;
        return true;
    }

    @Override
    public void released(Delivery delivery) {
        held--;
    }
}
