package com.mobileapiconnect.bridge.erp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much memory long requests may take together. */
class RequestMemoryTest {

    private static final int MIB = 1 << 20;

    private final RequestMemory memory = new RequestMemory(16 * MIB);

    @Test
    void ordinaryRequestsAreFree() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(memory.take("ten_a", RequestMemory.FREE)).isNotNull();
        }
        assertThat(memory.taken()).isZero();
    }

    @Test
    void longOnesTakeTheirCopiesAndATenantTakesHalf() {
        List<RequestMemory.Held> held = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            held.add(memory.take("ten_a", MIB / 8));
        }
        assertThat(memory.taken()).isEqualTo(8 * MIB);
        assertThat(memory.take("ten_a", MIB / 8)).isNull();
        assertThat(memory.take("ten_b", MIB)).isNotNull();
        assertThat(memory.take("ten_c", MIB / 8)).as("nothing is left").isNull();

        held.get(0).close();
        held.get(0).close();
        assertThat(memory.taken()).isEqualTo(15 * MIB);
        assertThat(memory.take("ten_a", MIB / 8)).isNotNull();
    }

    @Test
    void oneThatIsLongerThanAllGoesAlone() {
        RequestMemory.Held alone = memory.take("ten_a", 10 * MIB);
        assertThat(alone).isNotNull();
        assertThat(memory.take("ten_b", MIB / 8)).isNull();
        alone.close();
        assertThat(memory.take("ten_b", MIB / 8)).isNotNull();
    }
}
