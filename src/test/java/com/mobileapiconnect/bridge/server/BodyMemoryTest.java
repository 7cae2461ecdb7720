package com.mobileapiconnect.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {

    private static final int SMALL = BodyMemory.SMALL;
    private static final int LARGE = 8 << 20;

    /** 32 MiB: 16 for small ones, 16 for large ones, 8 of each for one address. */
    private final BodyMemory memory = new BodyMemory(32L << 20);

    @Test
    void oneAddressLeavesHalfOfTheMemoryForLargeBodiesToOthers() {
        assertThat(memory.of("a").growTo(LARGE)).isTrue();
        assertThat(memory.of("a").growTo(2 * SMALL)).isFalse();
        assertThat(memory.of("b").growTo(LARGE)).isTrue();
        assertThat(memory.of("c").growTo(2 * SMALL)).isFalse();
    }

    @Test
    void anAddressThatHasItsShareIsToldApartFromMemoryThatIsFull() {
        memory.of("a").growTo(LARGE);
        assertThat(memory.of("a").leavesRoom(2 * SMALL)).isTrue();
        memory.of("b").growTo(LARGE);
        assertThat(memory.of("a").leavesRoom(2 * SMALL)).isFalse();
        assertThat(memory.of("a").leavesRoom(SMALL)).isTrue();
    }

    @Test
    void largeBodiesLeaveTheMemoryOfSmallOnesAlone() {
        memory.of("a").growTo(LARGE);
        memory.of("b").growTo(LARGE);
        int small = 0;
        while (memory.of("a").growTo(SMALL)) {
            small++;
        }
        assertThat(small).isEqualTo((8 << 20) / SMALL);
        assertThat(memory.of("b").growTo(SMALL)).isTrue();
    }

    @Test
    void aBodyIsCountedOnceHoweverItGrowsAndNotAtAllAfterwards() {
        List<BodyMemory.Claim> claims = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (String address : List.of("a", "b")) {
                BodyMemory.Claim claim = memory.of(address);
                for (int space = 512; space <= LARGE; space *= 2) {
                    assertThat(claim.growTo(space)).isTrue();
                }
                claims.add(claim);
            }
            claims.forEach(BodyMemory.Claim::release);
        }
    }
}
