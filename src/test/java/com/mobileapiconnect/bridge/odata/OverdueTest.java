package com.mobileapiconnect.bridge.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverdueTest {

    private final Overdue overdue = new Overdue();
    private final long past = System.nanoTime() - 1;
    private final long future = System.nanoTime() + 3_600_000_000_000L;

    @Test
    void aConnectionWithFourStuckCallsMakesNoMoreUntilOneHasEnded() {
        List<Overdue.Turn> stuck = new ArrayList<>();
        for (int i = 0; i < Overdue.MOST; i++) {
            stuck.add(overdue.begin("con_1", past));
        }
        assertThat(stuck).doesNotContainNull();
        assertThat(overdue.begin("con_1", future)).isNull();
        assertThat(overdue.begin("con_2", future)).as("another connection").isNotNull();
        stuck.get(0).close();
        assertThat(overdue.begin("con_1", future)).isNotNull();
    }

    @Test
    void callsWithinTheirTimeAreNotStuckHoweverMany() {
        for (int i = 0; i < 100; i++) {
            assertThat(overdue.begin("con_1", future)).isNotNull();
        }
    }
}
