package com.mobileapiconnect.bridge.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Delivery;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a lane remembers of deliveries that are gone. */
class LaneDeliveriesTest {

    private final LaneDeliveries held = new LaneDeliveries(new CountedRoom() {});
    private final List<Delivery> deliveries = LaneTest.deliveries(2);

    private void remove(Delivery delivery) {
        held.forget(Set.of(delivery.id()));
    }

    @Test
    void whatIsRemovedDuringALookIntoTheStoreIsNotTakenFromItsSnapshot() {
        held.loadBegins();
        held.lookBegins();
        remove(deliveries.get(0));

        assertThat(held.settledMeanwhile(deliveries.get(0))).isTrue();
        assertThat(held.settledMeanwhile(deliveries.get(1))).isFalse();
        held.loadEnded();
        assertThat(held.settledMeanwhile(deliveries.get(0))).isFalse();
    }

    @Test
    void whatIsRemovedWhileALoadWaitsForItsTurnIsNotRemembered() {
        held.loadBegins();
        remove(deliveries.get(0));
        held.lookBegins();

        assertThat(held.settledMeanwhile(deliveries.get(0))).isFalse();
    }
}
