package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How phones and their apps write times. */
class PhoneTimeTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2026-06-12T14:32:00.000Z              | 2026-06-12T14:32:00Z",
                "2026-06-12T14:32:00Z                  | 2026-06-12T14:32:00Z",
                "2026-06-12T14:32Z                     | 2026-06-12T14:32:00Z",
                "2026-06-12T14:32:00.1234567Z          | 2026-06-12T14:32:00.123Z",
                "2026-06-12t14:32:00z                  | 2026-06-12T14:32:00Z",
                "2026-06-12T20:02:00+05:30             | 2026-06-12T14:32:00Z",
                "2026-06-12T21:32:00.000+0700          | 2026-06-12T14:32:00Z",
                "2026-06-12T21:32:00+07                | 2026-06-12T14:32:00Z",
                "2026-06-12T10:32:00-0400              | 2026-06-12T14:32:00Z",
                "2026-06-12T10:32:00\u221204:00        | 2026-06-12T14:32:00Z",
                "2026-06-12T20:02:00 05:30             | 2026-06-12T14:32:00Z",
                "2026-06-12T20:02:00GMT+5:30           | 2026-06-12T14:32:00Z",
                "2026-06-12 14:32:00 UTC               | 2026-06-12T14:32:00Z",
                "2026-06-12T20:02:00+05:30[Asia/Kolkata] | 2026-06-12T14:32:00Z",
                // without a zone: the device's
                "2026-06-12T20:02:00                   | 2026-06-12T14:32:00Z",
                "2026-06-12 20:02:00                   | 2026-06-12T14:32:00Z",
                "2026-06-12 20:02                      | 2026-06-12T14:32:00Z",
                "2026/06/12 20:02:00                   | 2026-06-12T14:32:00Z",
                "2026.6.12, 20:02:00                   | 2026-06-12T14:32:00Z",
                "2026-06-12T20:02:00,5                 | 2026-06-12T14:32:00.500Z",
                "20260612200200                        | 2026-06-12T14:32:00Z",
                "20260612T143200Z                      | 2026-06-12T14:32:00Z",
                // digits of other scripts, and what is not seen
                "٢٠٢٦-٠٦-١٢T١٤:٣٢:٠٠Z                  | 2026-06-12T14:32:00Z",
                "٢٠٢٦-٠٦-١٢T٢٠:٠٢:٠٠+٠٥:٣٠             | 2026-06-12T14:32:00Z",
                "۲۰۲۶-۰۶-۱۲T۱۴:۳۲:۰۰.۵۰۰Z              | 2026-06-12T14:32:00.500Z",
                "۲۰۲۶/۰۶/۱۲ ۲۰:۰۲                      | 2026-06-12T14:32:00Z",
                "२०२६-०६-१२T१४:३२:००Z                  | 2026-06-12T14:32:00Z",
                "２０２６-０６-１２T１４:３２:００Z         | 2026-06-12T14:32:00Z",
                "١٧٨١٢٧٤٧٢٠٠٠٠                         | 2026-06-12T14:32:00Z",
                "\u200F2026-06-12T14:32:00Z\u200E      | 2026-06-12T14:32:00Z",
                "2026-06-12\u00A020:02:00              | 2026-06-12T14:32:00Z",
                // since 1970
                "1781274720                            | 2026-06-12T14:32:00Z",
                "1781274720000                         | 2026-06-12T14:32:00Z",
                "1781274720.5                          | 2026-06-12T14:32:00.500Z",
                "1781274720500000                      | 2026-06-12T14:32:00.500Z",
                "1781274720500000000                   | 2026-06-12T14:32:00.500Z",
                // odd, and possible
                "2016-12-31T23:59:60Z                  | 2017-01-01T00:00:00Z",
                "2012-03-04T05:06:07Z                  | 2012-03-04T05:06:07Z",
                "2027-06-12T14:32:00Z                  | 2027-06-12T14:32:00Z",
            })
    void isReadHoweverItIsWritten(String written, Instant time) {
        assertThat(PhoneTime.read(written, KOLKATA, NOW)).isEqualTo(time);
        assertThat(PhoneTime.read("  " + written + "\t", KOLKATA, NOW)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yesterday",
                "null",
                "Invalid Date",
                "NaN",
                "0",
                "-1",
                "1",
                "86400",
                "1970-01-01T00:00:00Z",
                "1980-01-06T00:00:00Z",
                "1992-12-02T23:59:59Z",
                "0000-00-00 00:00:00",
                "2026-13-12T14:32:00Z",
                "2026-02-30T14:32:00Z",
                "2026-06-12T25:32:00Z",
                "2026-06-12T14:32:75Z",
                "2026-06-12T14:32:00+25:00",
                "2026-06-12",
                "14:32",
                "12/06/2026 14:32",
                "06-12-26 2:32 PM",
                "1405-03-22T14:32:00Z",
                "2569-06-12T14:32:00Z",
                "9998-12-31T23:59:59Z",
                "+292278994-08-17T07:12:55Z",
                "20261399999999",
                "99999999999999999999999",
                "9223372036854775807",
                "1e12",
                "0x6a2f",
                "2026-06-12T14:32:00Z; drop table message",
                "T",
                "{{env:HOME}}",
                "2026-06-12T14:32:00ZZ",
                "2026-06-12T14:32:00.0000000000000000000000000000000000000000000000000000000Z"
            })
    void isNotReadWhereItCannotBeOne(String written) {
        assertThat(PhoneTime.read(written, KOLKATA, NOW)).isNull();
    }
}
