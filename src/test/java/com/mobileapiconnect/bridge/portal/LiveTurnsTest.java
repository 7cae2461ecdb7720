package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveTurnsTest {

    private long now = 1;
    private final LiveTurns turns = new LiveTurns(() -> now);
    private final List<String> drawn = new ArrayList<>();

    private static LiveView view(String tenant, String address) {
        return new LiveView(new LiveId(tenant, "key", address, "en"), () -> "");
    }

    private void turn(List<LiveView> views, long millisEach) {
        drawn.clear();
        turns.take(views, view -> {
            drawn.add(view.id().tenantId() + view.id().address());
            now += TimeUnit.MILLISECONDS.toNanos(view.id().tenantId().equals("slow") ? millisEach : 0);
        });
        now += TimeUnit.SECONDS.toNanos(1);
    }

    @Test
    void aTenantWithMuchToDrawHasAMomentAtOnceAndThenRestsWhileOthersGoOn() {
        List<LiveView> views = List.of(view("slow", "/1"), view("slow", "/2"), view("slow", "/3"), view("ten_b", "/"));
        turn(views, 30);
        assertThat(drawn).containsExactlyInAnyOrder("slow/1", "slow/2", "ten_b/");

        turn(views, 30);
        assertThat(drawn).containsExactly("ten_b/");

        turn(views, 30);
        assertThat(drawn).as("the one that was left out comes first").containsSubsequence("slow/3", "slow/1");
        assertThat(drawn).doesNotContain("slow/2").contains("ten_b/");
    }

    @Test
    void whatIsDrawnQuicklyIsDrawnEachTime() {
        List<LiveView> views = List.of(view("ten_a", "/"), view("ten_a", "/messages"));
        for (int i = 0; i < 3; i++) {
            turn(views, 0);
            assertThat(drawn).hasSize(2);
        }
    }
}
