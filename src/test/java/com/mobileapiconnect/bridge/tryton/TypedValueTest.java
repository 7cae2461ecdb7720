package com.mobileapiconnect.bridge.tryton;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How values are written as fields of their types. */
class TypedValueTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "char      | \"a\\r\\n\\tb\\u0000\"           | \"a b \"",
                "char      | 5                                | \"5\"",
                "text      | \"a\\nb\\u0000\"                 | \"a\\nb\\ufffd\"",
                "integer   | \" 12 \"                         | 12",
                "integer   | \"12.5\"                         | \"12.5\"",
                "integer   | \"1e999999999\"                  | \"1e999999999\"",
                "many2one  | \"3\"                            | 3",
                "many2one  | \"Bob\"                          | \"Bob\"",
                "float     | \"12.5\"                         | 12.5",
                "numeric   | 12.50                            | {\"__class__\":\"Decimal\",\"decimal\":\"12.5\"}",
                "numeric   | \"12,50 EUR\"                    | \"12,50 EUR\"",
                "boolean   | \"true\"                         | true",
                "boolean   | \"yes\"                          | \"yes\"",
                "date      | \"2026-01-31\"                   | {\"__class__\":\"date\",\"year\":2026,\"month\":1,\"day\":31}",
                "date      | \"2026-01-31T23:30:00-05:00\"    | {\"__class__\":\"date\",\"year\":2026,\"month\":2,\"day\":1}",
                "date      | \"tomorrow\"                     | \"tomorrow\"",
                "time      | \"14:32\"                        | {\"__class__\":\"time\",\"hour\":14,\"minute\":32,\"second\":0,\"microsecond\":0}",
                "selection | \"a\\nb\"                        | \"a\\nb\"",
                "char      | null                             | null"
            })
    void aValueIsAsItsTypeWantsItOrStaysForTheSystemToRefuse(String type, String value, String written) {
        assertThat(TypedValue.of(FakeTryton.json(value), type))
                .hasToString(FakeTryton.json(written).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-12T14:32:05.123Z, 14, 32, 5, 123000",
        "2026-06-12T14:32Z, 14, 32, 0, 0",
        "2026-06-12T20:02:05+05:30, 14, 32, 5, 0",
        "2026-06-12 14:32:05, 14, 32, 5, 0",
        "2026-06-12T14:32:05, 14, 32, 5, 0"
    })
    void timesAreInUtc(String text, int hour, int minute, int second, int micros) {
        assertThat(TypedValue.of(FakeTryton.json("\"" + text + "\""), "datetime"))
                .hasToString("{\"__class__\":\"datetime\",\"year\":2026,\"month\":6,\"day\":12,\"hour\":" + hour
                        + ",\"minute\":" + minute + ",\"second\":" + second + ",\"microsecond\":" + micros + "}");
    }
}
