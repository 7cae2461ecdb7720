package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Delivery;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The deliveries of a lane that are in memory, and the memory that they take. Not thread-safe; its lane guards it. */
final class LaneDeliveries {

    private final LaneRoom room;
    private final ArrayDeque<Delivery> ready = new ArrayDeque<>();
    /** All deliveries of this lane in memory: ready, in a call, or called and not yet written. */
    private final Set<String> resident = new HashSet<>();
    /** Deliveries settled or removed while the store was looked into: the look's snapshot may still show them as due. */
    private final Set<String> settledSinceLook = new HashSet<>();

    private boolean loading;
    private boolean looking;

    LaneDeliveries(LaneRoom room) {
        this.room = room;
    }

    /** Keeps a delivery if there is memory for it; returns whether there is. */
    boolean keep(Delivery delivery) {
        if (!room.admits(ready.size(), delivery)) {
            return false;
        }
        if (resident.add(delivery.id())) {
            ready.add(delivery);
        } else {
            room.released(delivery);
        }
        return true;
    }

    /** Returns the number of deliveries that wait for their call. */
    int waiting() {
        return ready.size();
    }

    /** Returns the number of all deliveries in memory. */
    int all() {
        return resident.size();
    }

    boolean holds(String deliveryId) {
        return resident.contains(deliveryId);
    }

    /** Returns the delivery that waits longest, which {@link #take} removes. */
    @Nullable Delivery first() {
        return ready.peek();
    }

    Delivery take() {
        return ready.remove();
    }

    /** Gives up a delivery that has had its call. */
    void release(Delivery delivery) {
        resident.remove(delivery.id());
        room.released(delivery);
    }

    /** Gives up a delivery that the store knows as settled. */
    void settled(Delivery delivery) {
        release(delivery);
        if (looking) {
            settledSinceLook.add(delivery.id());
        }
    }

    /** Gives up all deliveries that wait. */
    void dropWaiting() {
        ready.forEach(this::release);
        ready.clear();
    }

    /** Gives up waiting deliveries that were removed from the store. */
    void forget(Set<String> ids) {
        if (looking) {
            settledSinceLook.addAll(ids);
        }
        ready.removeIf(delivery -> {
            boolean gone = ids.contains(delivery.id());
            if (gone) {
                release(delivery);
            }
            return gone;
        });
    }

    /** Returns whether a load waits for its turn or is under way. */
    boolean loading() {
        return loading;
    }

    void loadBegins() {
        loading = true;
    }

    /**
     * Notes that the load's look into the store begins. Deliveries settled while the load waits for its turn are not
     * remembered: there may be a great many, and the look does not see them.
     */
    void lookBegins() {
        looking = true;
    }

    /** Returns whether a loaded delivery was settled or removed after the look began. */
    boolean settledMeanwhile(Delivery loaded) {
        return settledSinceLook.contains(loaded.id());
    }

    void loadEnded() {
        loading = false;
        looking = false;
        settledSinceLook.clear();
    }
}
