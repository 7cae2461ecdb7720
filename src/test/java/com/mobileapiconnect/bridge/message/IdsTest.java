package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class IdsTest {

    // Later than any time that another test of this process works with: ids never go back within it.
    private static final Instant LATER = Instant.parse("2040-06-12T14:32:00Z");

    @AfterAll
    static void backToTheClock() {
        IdTimes.goByTheClock();
    }

    @Test
    void idsOfOneMillisecondSortInTheOrderInWhichTheyWereMade() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            made.add(Ids.timeOrdered("dlv_", LATER));
        }
        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeNewIdsSortBeforeOldOnes() {
        String before = Ids.timeOrdered("dlv_", LATER.plusMillis(20));
        String after = Ids.timeOrdered("dlv_", LATER.minusSeconds(3600));
        assertThat(after).isGreaterThan(before);
    }

    @Test
    void theBoundOfATimeLiesBeforeItsIdsAndAfterOlderOnes() {
        Instant muchLater = LATER.plusMillis(500);
        String bound = Ids.firstAt("dlv_", muchLater);
        assertThat(Ids.timeOrdered("dlv_", muchLater.minusMillis(1))).isLessThan(bound);
        assertThat(Ids.timeOrdered("dlv_", muchLater)).isGreaterThan(bound);
    }
}
