package com.mobileapiconnect.bridge.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    private final LaneMemory large = new LaneMemory(100L * LONG);
    private static final int LONG = 2 * LaneMemory.ORDINARY;

    /** All calls may have a long text each, and there may be ten thousand calls. */
    @Test
    void theFirstOfALaneHasRoomWhateverOthersHoldUnlessItIsLong() {
        int firsts = 0;
        while (large.admits(0, "a", LONG)) {
            firsts++;
        }
        assertThat(firsts).isEqualTo(75);
        assertThat(large.hasRoom("a")).isFalse();
        assertThat(large.admits(0, "a", LaneMemory.ORDINARY)).isTrue();
        assertThat(large.hasRoom("b")).isTrue();
        assertThat(large.admits(0, "b", LONG)).as("of another tenant").isTrue();
    }

    @Test
    void aLaneThatIsBehindLeavesHalfToTheFirstOnesOfOthersIfItsDeliveriesAreLong() {
        int held = 0;
        while (large.admits(held, "a", LONG)) {
            held++;
        }
        assertThat(held).isEqualTo(49);
        assertThat(large.admits(0, "a", LONG)).as("of another lane").isTrue();
    }

    @Test
    void longOnesHaveAQuarterWhateverOrdinaryOnesTake() {
        int ordinary = LaneMemory.ORDINARY / 2;
        while (large.admits(1, "a", ordinary)) {
            // three quarters of everything
        }
        assertThat(large.hasRoom("a")).isTrue();
        int firsts = 0;
        while (large.admits(0, "a", LONG)) {
            firsts++;
        }
        assertThat(firsts).isEqualTo(18);
        assertThat(large.hasRoom("a")).isFalse();
        assertThat(large.admits(0, "b", LONG)).as("of another tenant").isTrue();
    }

    @Test
    void whatNobodyTookIsNotGivenBack() {
        assertThatThrownBy(() -> large.released("a", LONG)).isInstanceOf(IllegalStateException.class);
        theFirstOfALaneHasRoomWhateverOthersHoldUnlessItIsLong();
    }

    @Test
    void oneThatIsHeavierThanAllGoesAlone() {
        assertThat(large.admits(0, "a", 101 * LONG)).isTrue();
        assertThat(large.admits(0, "a", 101 * LONG)).isFalse();
        assertThat(large.hasRoom("a")).isFalse();
        large.released("a", 101 * LONG);
        assertThat(large.hasRoom("a")).isTrue();
        assertThat(large.admits(0, "a", 101 * LONG)).isTrue();
    }
}
