package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HoursTest {

    private static final String END = "2026-06-12T15:00:00Z";

    @Test
    void aDayHasABarForEachHourWhetherAnythingHappenedOrNot() {
        Hours hours = Hours.of(
                List.of(
                        new Hours.Counted("2026-06-12T14:00:00.000Z", 100L, 90, 4),
                        new Hours.Counted("2026-06-11T15:00:00.000Z", 1L, 1, 0)),
                END);

        assertThat(hours.bars()).hasSize(24);
        assertThat(hours.up()).isEqualTo(101);
        assertThat(hours.down()).isEqualTo(4);
        assertThat(hours.bars().get(23)).isEqualTo(new Hours.Bar("2026-06-12T14:00:00Z", 230, 100, 4, 40, 2));
        assertThat(hours.bars().get(0).high())
                .as("whatever is more than nothing is seen")
                .isEqualTo(2);
        assertThat(hours.bars().get(1).high()).isZero();
    }

    @Test
    void whatFailedIsOnTheSameScaleAndNeverLeavesThePicture() {
        Hours hours = Hours.of(List.of(new Hours.Counted("2026-06-12T14:00:00Z", null, 1, 1_000_000)), END);

        assertThat(hours.bars().get(23).deep()).isEqualTo(Hours.DOWN);
        assertThat(hours.bars().get(23).high()).isEqualTo(2);
        assertThat(Hours.of(List.of(), END).bars()).allMatch(bar -> bar.high() == 0 && bar.deep() == 0);
    }
}
