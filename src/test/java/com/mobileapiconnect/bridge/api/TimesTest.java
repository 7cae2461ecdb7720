package com.mobileapiconnect.bridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times in a query, where a plus that was not encoded comes as a space. */
class TimesTest {

    private static String fault(String text) {
        return String.valueOf(catchThrowableOfType(Problem.class, () -> Times.parameter("since", text))
                .errors());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-06-12T14:32:00.000 05:30",
                "2026-06-12T14:32:00 05:30",
                "2026-06-12T14:32 05:30",
                "2026-06-12T14:32:00 00:00",
                "2026-06-12T14:32:00.5 14:00",
                "2026-06-12T14:32:00 05",
                "2026-06-12T14:32:00 0530",
                "2026-06-12T14:32:00 05:30:00",
                "2026-06-12T14:32:00.123456789 05:45",
                "2026-06-12T00:00 01:00",
                "2026-06-12T14:32:01 05:30",
                "2026-6-1T1:2 05:30",
                "2026-02-30T14:32:00 05:30",
                "2026-06-12T24:00:00 05:30",
                "9999-12-31T23:59:59 01:00",
                "+2026-06-12T14:32:00 05:30",
                "2026-06-12T14:32:00Z 05:30",
                "2026-06-12T14:32:60 05:30",
                "2026W24T14 05:30",
                "2026-163T14:32 05:30"
            })
    void aLostPlusIsSaid(String text) {
        assertThat(fault(text)).contains("since", "must be an ISO-8601 time", "%2B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "now",
                "2026-06-12",
                "2026-06-12 14:32:00",
                "2026-06-12 14:32",
                "2026-06-12T14:32:00",
                "12.06.2026 14:32",
                "2026-06-12T14:32:00 IST",
                "2026-06-12T14:32:00 -05:30",
                "2026-06-12T14:32:00  05:30",
                "1780000000",
                "T 05:30",
                "2026-06-12T14:32:00 5:30",
                "yesterday at 05:30",
                "2026-06-12T14:32:00 05:3",
                "05:30",
                "2026-06-12T 05:30",
                "2026-06-12T14:32:00+0530",
                "2026-06-12T14:32:00 UTC"
            })
    void whatElseIsWrongIsNotBlamedOnAPlus(String text) {
        assertThat(fault(text)).contains("must be an ISO-8601 time").doesNotContain("%2B");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-12T14:32:00Z, 2026-06-12T14:32:00Z",
        "2026-06-12T14:32:00.1234Z, 2026-06-12T14:32:00.123Z",
        "2026-06-12T20:02:00+05:30, 2026-06-12T14:32:00Z",
        "2026-06-12T09:02:00-05:30, 2026-06-12T14:32:00Z",
    })
    void aTimeWithItsOffsetIsRead(String text, Instant time) {
        assertThat(Times.parameter("since", text)).isEqualTo(time);
    }
}
