package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhenTest {

    private static Form form(String given, String zone) {
        return Form.of("since=" + given + "&until=" + given + "&zone=" + zone);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-12T14:30, Asia/Kolkata, 2026-06-12T09:00:00.000Z, 2026-06-12T09:00:00.000Z",
        "2026-06-12T14:30, '', 2026-06-12T14:30:00.000Z, 2026-06-12T14:30:00.000Z",
        "2026-06-12T14:30:05, UTC, 2026-06-12T14:30:05.000Z, 2026-06-12T14:30:05.000Z",
        "2026-06-12, Asia/Kolkata, 2026-06-11T18:30:00.000Z, 2026-06-12T18:30:00.000Z",
        "2026-06-12, no/zone, 2026-06-12T00:00:00.000Z, 2026-06-13T00:00:00.000Z",
        "yesterday, UTC, yesterday, yesterday",
        "2026-11-28T25:99, UTC, 2026-11-28T25:99, 2026-11-28T25:99",
        "'', UTC, ,",
    })
    void aTimeIsInTheZoneOfWhoeverGaveItAndADayIsMeantWhole(String given, String zone, String since, String until) {
        assertThat(When.since(form(given, zone))).isEqualTo(since);
        assertThat(When.until(form(given, zone))).isEqualTo(until);
    }
}
