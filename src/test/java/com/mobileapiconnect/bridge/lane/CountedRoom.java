package com.mobileapiconnect.bridge.lane;

/** Room for a number of deliveries, and for the first one of a lane in any case. */
abstract class CountedRoom implements LaneRoom {

    int room = 100_000;
    int held;

    @Override
    public boolean admits(int heldByLane, int weight) {
        if (heldByLane > 0 && held >= room) {
            return false;
        }
        held++;
        return true;
    }

    @Override
    public void released(int weight) {
        held--;
    }
}
