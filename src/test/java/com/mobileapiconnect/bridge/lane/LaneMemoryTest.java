package com.mobileapiconnect.bridge.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The memory of lanes, and tenants that are behind. */
class LaneMemoryTest {

    private static final int ALL = 1_600;

    private final LaneMemory memory = new LaneMemory(ALL);

    /** Holds deliveries in many lanes, each of which has some, until one is not admitted. */
    private int fill(String tenantId, int weight) {
        int admitted = 0;
        while (memory.admits(1, tenantId, weight)) {
            admitted++;
        }
        return admitted * weight;
    }

    @Test
    void oneTenantLeavesAQuarterToTheOthersAndOfThatEachTakesALittle() {
        assertThat(fill("a", 10)).isEqualTo(ALL - ALL / 4);
        assertThat(fill("b", 10)).isEqualTo(ALL / 16);
        assertThat(fill("c", 10)).isEqualTo(ALL / 16);
        assertThat(memory.admits(0, "a", 10)).as("the first of a lane").isTrue();
    }

    @Test
    void whatATenantGivesBackItCanTakeAgain() {
        int taken = fill("a", 10);
        memory.released("a", 10);
        assertThat(fill("a", 10)).isEqualTo(10);
        for (int i = 0; i < taken / 10; i++) {
            memory.released("a", 10);
        }
        assertThat(fill("a", 10)).isEqualTo(taken);
    }
}
