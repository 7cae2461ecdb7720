package com.mobileapiconnect.bridge.phone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.api.Problem;
import org.junit.jupiter.api.Test;

/** One tenant's phones cannot take all the turns. */
class ReconcileTurnsTest {

    private final ReconcileTurns turns = new ReconcileTurns();

    private void refused(String tenant) {
        assertThatThrownBy(() -> turns.take(tenant)).isInstanceOf(Problem.class).hasMessageContaining("Several phones");
    }

    @Test
    void aTenantHasOneTurnAtATimeAndAllTogetherTwo() {
        ReconcileTurns.Turn first = turns.take("a");
        refused("a");
        ReconcileTurns.Turn second = turns.take("b");
        refused("c");

        first.close();
        turns.take("c").close();
        turns.take("a");
        refused("b");
        second.close();
        turns.take("b");
    }
}
