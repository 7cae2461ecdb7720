package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times in JSON have three digits of milliseconds, whatever they are. */
class WireTimeTest {

    private static final DateTimeFormatter PATTERN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z",
        "2024-02-29T23:59:59.999999999Z, 2024-02-29T23:59:59.999Z",
        "2026-11-27T09:05:03.007Z, 2026-11-27T09:05:03.007Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00.000Z",
        "0987-12-31T10:20:30.1Z, 0987-12-31T10:20:30.100Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
        "-0001-06-07T08:09:10Z, -0001-06-07T08:09:10.000Z",
        "+10000-01-01T00:00:00Z, +10000-01-01T00:00:00.000Z"
    })
    void aTimeIsWrittenInFull(Instant time, String written) {
        assertThat(WireTime.format(time)).isEqualTo(written);
    }

    @Property
    void anyTimeIsWrittenAsThePatternSays(
            @ForAll @LongRange(min = -70_000_000_000L, max = 260_000_000_000L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano) {
        Instant time = Instant.ofEpochSecond(second, nano);
        assertThat(WireTime.format(time)).isEqualTo(PATTERN.format(time));
    }
}
