package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tenants that share the time of one thread. */
class TimeTurnsTest {

    private final TimeTurns turns = new TimeTurns();

    private void step(String expected, long nanos, boolean more) {
        assertThat(turns.next()).isEqualTo(expected);
        turns.used(expected, nanos);
        if (more) {
            turns.add(expected);
        }
    }

    @Test
    void theShortStepsOfOneWaitForOneLongStepOfAnother() {
        turns.add("long");
        step("long", 2_000, true);
        turns.add("short");
        for (int i = 0; i < 200; i++) {
            step("short", 10, true);
        }
        assertThat(turns.next()).isIn("short", "long"); // they have had the same
    }

    @Test
    void manyWithLongStepsAreNotAllBeforeOneThatComes() {
        for (int i = 0; i < 50; i++) {
            turns.add("long" + i);
        }
        for (int i = 0; i < 50; i++) {
            String next = turns.next();
            turns.used(next, 2_000);
            turns.add(next);
        }
        turns.add("short");
        step("short", 10, true);
        step("short", 10, true);
    }

    @Test
    void whoWasAwayHasSavedUpNothing() {
        turns.add("early");
        step("early", 1, false);
        turns.add("busy");
        for (int i = 0; i < 100; i++) {
            step("busy", 100, true);
        }
        turns.add("early");
        step("early", 200, true);
        step("busy", 100, true);
    }

    @Test
    void whoComesAgainAndAgainHasHadWhatItHad() {
        turns.add("a");
        step("a", 2_000, false);
        turns.add("b");
        turns.add("a");
        step("b", 10, true);
        step("b", 10, true);
    }

    @Test
    void whoWaitsAlreadyHasOneTurn() {
        turns.add("a");
        turns.add("a");
        step("a", 1, false);
        assertThat(turns.next()).isNull();
    }
}
