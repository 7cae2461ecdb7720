package com.mobileapiconnect.bridge.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Many lanes that look into the store at the same time. */
class LoadsTest {

    private final Loads loads = new Loads();
    private final List<String> begun = new ArrayList<>();
    private final List<CompletableFuture<?>> underWay = new ArrayList<>();

    private void add(String tenantId, String lane) {
        loads.add(tenantId, () -> {
            begun.add(lane);
            CompletableFuture<?> load = new CompletableFuture<>();
            underWay.add(load);
            return load;
        });
    }

    private void oneEnds() {
        underWay.remove(0).complete(null);
    }

    @Test
    void oneTenantsLookWaitsForOneAtMostOfAnothersThousand() {
        for (int i = 0; i < 1_000; i++) {
            add("a", "a" + i);
        }
        add("b", "b");
        assertThat(begun).containsExactly("a0", "a1");
        oneEnds();
        oneEnds();
        assertThat(begun).containsExactly("a0", "a1", "a2", "b");
    }

    @Test
    void fewAreUnderWayAtOnceAndAllHaveTheirTurn() {
        for (int i = 0; i < 20; i++) {
            add("t" + i % 3, "lane" + i);
        }
        while (!underWay.isEmpty()) {
            assertThat(underWay).hasSizeLessThanOrEqualTo(2);
            oneEnds();
        }
        assertThat(begun).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void looksThatFailAtOnceKeepNobodyFromTheirTurn() {
        add("a", "first");
        add("a", "second");
        for (int i = 0; i < 100_000; i++) {
            loads.add("a", () -> CompletableFuture.failedFuture(new IllegalStateException("closed")));
        }
        add("a", "last");
        oneEnds();
        assertThat(begun).containsExactly("first", "second", "last");
    }
}
