package com.mobileapiconnect.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LaneDepthsTest {

    private final LaneDepths depths = new LaneDepths();
    private final Map<String, Long> store = new TreeMap<>();
    private final List<String> counted = new ArrayList<>();

    private List<String> sample() {
        counted.clear();
        depths.count(List.copyOf(store.keySet()), target -> {
            counted.add(target);
            return store.getOrDefault(target, 0L);
        });
        return List.copyOf(counted);
    }

    @Test
    void shallowLanesAreCountedEachTime() {
        store.putAll(Map.of("a", 5L, "b", 0L, "c", 7L));
        assertThat(sample()).containsExactly("a", "b", "c");
        assertThat(sample()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(depths.rows()).hasSize(3);
    }

    @Test
    void aDeepLaneIsPaidOffBeforeAnythingIsCountedAgain() {
        store.putAll(Map.of("a", 10 * LaneDepths.ALLOWANCE, "b", 1L));
        assertThat(sample()).containsExactly("a");
        for (int i = 0; i < 9; i++) {
            assertThat(sample()).isEmpty();
        }
        assertThat(sample()).as("goes on where it stopped").first().isEqualTo("b");
    }

    @Test
    void everyLaneHasItsTurn() {
        for (char target = 'a'; target <= 'j'; target++) {
            store.put(String.valueOf(target), LaneDepths.ALLOWANCE / 4);
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.addAll(sample());
        }
        assertThat(all).containsAll(store.keySet());
    }

    @Test
    void aLaneThatIsNoMoreIsForgotten() {
        store.putAll(Map.of("a", 1L, "b", 1L));
        sample();
        store.remove("b");
        assertThat(sample()).containsExactly("a");
        assertThat(depths.rows()).hasSize(1);
    }
}
