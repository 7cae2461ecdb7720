package com.mobileapiconnect.bridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The place at the end of an unfinished text. */
class RouteCursorTest {

    private static final String ROUTE = """
            - route:
                id: mine
                from:
                  uri: direct:mine
                  steps:
                    - log: first
                    - to:
                        uri: sql:select 1
            """;

    private static RouteCursor at(String text) {
        return Objects.requireNonNull(RouteCursor.at(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                 | ''                               | ''",
                "'- '                                               | '-'                              | ''",
                "'- ro'                                             | '-'                              | 'ro'",
                "'- route:\n    '                                   | '- route'                        | ''",
                "'- route:\n    fr'                                 | '- route'                        | 'fr'",
                "'- route:\n    from:\n      steps:\n        - '    | '- route from steps -'           | ''",
                "'- route:\n    from:\n      steps:\n      - lo'    | '- route from steps -'           | 'lo'",
                "'- from:\n    steps:\n      - choice:\n          when:\n            - si'"
                        + "                             | '- from steps - choice when -'   | 'si'",
                "'- from:\n    steps:\n    - log: x\n    # note\n\n    - fi' | '- from steps -'       | 'fi'"
            })
    void aNameIsWithinTheNamesThatItIsIndentedBelow(String text, String path, String typed) {
        RouteCursor cursor = at(text);

        assertThat(String.join(" ", cursor.path())).isEqualTo(path);
        assertThat(cursor.typed()).isEqualTo(typed);
        assertThat(cursor.key()).isNull();
    }

    @Test
    void aValueIsThatOfItsKey() {
        RouteCursor cursor = at(ROUTE + "        - to:\n            pattern: In");

        assertThat(cursor.key()).isEqualTo("pattern");
        assertThat(cursor.typed()).isEqualTo("In");
        assertThat(cursor.path()).endsWith("steps", "-", "to");
    }

    @Test
    void parametersKnowTheEndpointThatTheyAreOf() {
        RouteCursor cursor = at(ROUTE + "            parameters:\n              use: 1\n              out");

        assertThat(cursor.path()).endsWith("to", "parameters");
        assertThat(cursor.uri()).isEqualTo("sql:select 1");
        assertThat(cursor.present()).containsExactly("use");
    }

    @Test
    void whatIsThereAlreadyIsOfTheSameMappingAlone() {
        assertThat(at(ROUTE + "            ").present()).containsExactly("uri");
        assertThat(at(ROUTE + "    ").present()).containsExactlyInAnyOrder("id", "from");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# - ro",
                "- route: # fr",
                "- from:\n    steps:\n      - setBody:\n          simple: |\n            some text: and",
                "- route:\n    id: x\n      fr"
            })
    void nothingFitsInCommentsAndTexts(String text) {
        assertThat(RouteCursor.at(text)).isNull();
    }

    @Test
    void aLongTextIsLookedThroughOnce() {
        String text = "- from:\n    steps:\n" + "      - log: x\n".repeat(15_000) + "      - ";

        assertThat(at(text).path()).isEqualTo(List.of("-", "from", "steps", "-"));
    }
}
