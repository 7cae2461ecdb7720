package com.mobileapiconnect.bridge.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    // 2026-06-12 is a Friday.
    @ParameterizedTest(name = "{1} in {0} → {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "FRI 09:00 18:00 Asia/Kolkata   | 2026-06-12T03:29:59.999Z | false",
                "FRI 09:00 18:00 Asia/Kolkata   | 2026-06-12T03:30:00Z     | true",
                "FRI 09:00 18:00 Asia/Kolkata   | 2026-06-12T12:29:59.999Z | true",
                "FRI 09:00 18:00 Asia/Kolkata   | 2026-06-12T12:30:00Z     | false",
                "THU 09:00 18:00 Asia/Kolkata   | 2026-06-12T04:00:00Z     | false",
                "any 09:00 18:00 Asia/Kolkata   | 2026-06-12T04:00:00Z     | true",
                "FRI 00:00 01:00 Asia/Kolkata   | 2026-06-11T18:30:00Z     | true",
                "FRI 09:00 18:00 +05:30         | 2026-06-12T03:30:00Z     | true",
                "WED 00:00 00:01 UTC            | 1969-12-31T00:00:30.5Z   | true",
                "THU 23:59 00:00 UTC            | 1970-01-01T23:59:59.999Z | true",
            })
    void aWindowBeginsWithItsFirstMinuteAndEndsBeforeItsLast(String window, String instant, boolean expected) {
        assertThat(isIn(window, instant)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{1} in {0} → {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "FRI     22:00 06:00 UTC | 2026-06-12T21:59:59Z | false",
                "FRI     22:00 06:00 UTC | 2026-06-12T22:00:00Z | true",
                "FRI     22:00 06:00 UTC | 2026-06-13T00:00:00Z | true",
                "FRI     22:00 06:00 UTC | 2026-06-13T05:59:59Z | true",
                "FRI     22:00 06:00 UTC | 2026-06-13T06:00:00Z | false",
                "FRI     22:00 06:00 UTC | 2026-06-12T03:00:00Z | false",
                "SUN     22:00 06:00 UTC | 2026-06-15T03:00:00Z | true",
                "MON     22:00 06:00 UTC | 2026-06-15T03:00:00Z | false",
                "any     22:00 06:00 UTC | 2026-06-15T12:00:00Z | false",
                "FRI     18:00 00:00 UTC | 2026-06-12T23:59:59Z | true",
                "FRI     18:00 00:00 UTC | 2026-06-13T00:00:00Z | false",
                "FRI     00:00 00:00 UTC | 2026-06-12T00:00:00Z | true",
                "FRI     00:00 00:00 UTC | 2026-06-13T00:00:00Z | false",
                "FRI     08:00 08:00 UTC | 2026-06-13T07:59:59Z | true",
                "FRI     08:00 08:00 UTC | 2026-06-12T07:59:59Z | false",
            })
    void aWindowAcrossMidnightBelongsToTheDayItBegins(String window, String instant, boolean expected) {
        assertThat(isIn(window, instant)).isEqualTo(expected);
    }

    // Berlin: on 2026-03-29 02:00 becomes 03:00, on 2026-10-25 03:00 becomes 02:00.
    @ParameterizedTest(name = "{1} in {0} → {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "any 09:00 18:00 Europe/Berlin | 2026-03-28T07:59:59Z | false",
                "any 09:00 18:00 Europe/Berlin | 2026-03-28T08:00:00Z | true",
                "any 09:00 18:00 Europe/Berlin | 2026-03-29T06:59:59Z | false",
                "any 09:00 18:00 Europe/Berlin | 2026-03-29T07:00:00Z | true",
                "any 09:00 18:00 Europe/Berlin | 2026-10-25T07:59:59Z | false",
                "any 09:00 18:00 Europe/Berlin | 2026-10-25T08:00:00Z | true",
                "SAT 22:00 06:00 Europe/Berlin | 2026-03-29T03:59:59Z | true",
                "SAT 22:00 06:00 Europe/Berlin | 2026-03-29T04:00:00Z | false",
                "SAT 22:00 06:00 Europe/Berlin | 2026-10-25T04:59:59Z | true",
                "SAT 22:00 06:00 Europe/Berlin | 2026-10-25T05:00:00Z | false",
                // The skipped hour: its windows end, or begin, at 03:00.
                "any 01:00 02:30 Europe/Berlin | 2026-03-29T00:59:59Z | true",
                "any 01:00 02:30 Europe/Berlin | 2026-03-29T01:00:00Z | false",
                "any 02:30 04:00 Europe/Berlin | 2026-03-29T01:00:00Z | true",
                "any 02:10 02:50 Europe/Berlin | 2026-03-29T01:20:00Z | false",
                // The hour that comes twice.
                "any 02:10 02:50 Europe/Berlin | 2026-10-25T00:20:00Z | true",
                "any 02:10 02:50 Europe/Berlin | 2026-10-25T00:55:00Z | false",
                "any 02:10 02:50 Europe/Berlin | 2026-10-25T01:20:00Z | true",
                // Havana skips 00:00 to 01:00 on Sunday 2026-03-08.
                "SAT 22:00 00:30 America/Havana | 2026-03-08T04:59:59Z | true",
                "SAT 22:00 00:30 America/Havana | 2026-03-08T05:00:00Z | false",
            })
    void theClockOnTheWallDecidesWhenItIsShifted(String window, String instant, boolean expected) {
        assertThat(isIn(window, instant)).isEqualTo(expected);
    }

    private static boolean isIn(String window, String instant) {
        String[] parts = window.split(" +", -1);
        String days = parts[0].equals("any") ? "" : "'days':['" + parts[0] + "'],";
        String when = "{'field':'receivedAt','op':'between','value':{%s'from':'%s','to':'%s','zone':'%s'}}"
                .formatted(days, parts[1], parts[2], parts[3]);
        return Sample.when(when).test(Sample.receivedAt(instant));
    }
}
