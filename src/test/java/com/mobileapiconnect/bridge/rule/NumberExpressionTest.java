package com.mobileapiconnect.bridge.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Regular expressions for numbers: what is never found is refused with what would be. */
class NumberExpressionTest {

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "^\\+1900 -> ^1900",
                "\\+1900 -> 1900",
                "^[+]1900 -> ^1900",
                "^[\\+]49 -> ^49",
                "^\\+\\d{10}$ -> ^\\d{10}$",
                "^\\+[1-9]\\d+$ -> ^[1-9]\\d+$",
                "^\\+(91|44)\\d+ -> ^(91|44)\\d+",
                "^(\\+91|0)98765 -> ^(91|0)98765",
                "(\\+|00)91 -> (|00)91",
                "^\\+(?:1|7) -> ^(?:1|7)",
                "^\\+(?P<cc>91) -> ^(?P<cc>91)",
                "^\\+91 98765 43210$ -> ^919876543210$",
                "98765 43210 -> 9876543210",
                "98765-43210 -> 9876543210",
                "98765\\s43210 -> 9876543210",
                "98765[- ]43210 -> 9876543210",
                "98765[\\s-]43210 -> 9876543210",
                "\\d{3}-\\d{4} -> \\d{3}\\d{4}",
                "^\\(022\\) ?2345 -> ^022 ?2345",
                "022/2345 -> 0222345",
                "555\\.1234 -> 5551234",
                "^\\+1 \\(900\\) -> ^1900",
                "\\+49\\.151 -> 49151",
                "98765\u00a043210 -> 9876543210",
            })
    void whatNoNumberHasIsRefusedWithTheMendedForm(String regex, String mended) {
        assertThat(NumberExpression.mended(regex)).isEqualTo(mended);
        Pattern.compile(mended);
        assertThat(faults("from", regex)).singleElement().asString().endsWith("write " + mended);
        assertThat(faults("to", regex)).hasSize(1);
        assertThat(faults("text", regex)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^1900",
                "^\\+?1900",
                "^\\+*1900",
                "^\\+{0,1}1900",
                "^(\\+)?1900",
                "^[+0]?91",
                "^(?:\\+|00)?91",
                "^\\d{5,6}$",
                "^(91|44)",
                "98765[- ]?43210",
                "98765\\s*43210",
                "^[A-Z]{2}-[A-Z]+$",
                "^AD-HDFC",
                "-650025",
                "^VK-650025",
                "Disney\\+",
                "\\+$",
                "24-7",
                "^.{3,6}$",
                "^[^0-9+]",
                "\\w+ \\w+",
                "A\\.B",
                "[a-z]\\.[a-z]",
                "(?i)bank",
                "^$",
                "[",
                "\\",
                "a{",
                "\\Q+1900\\E",
            })
    void whatANumberOrANameMayHaveIsLeftAlone(String regex) {
        assertThat(NumberExpression.mended(regex)).isNull();
    }

    @Test
    void whatWasSetBeforeStaysAsItIs() {
        assertThat(PredicateParser.parseStored(
                        Sample.JSON
                                .createObjectNode()
                                .put("field", "from")
                                .put("op", "regex")
                                .put("value", "^\\+1900"),
                        "when",
                        (field, message) -> {
                            throw new AssertionError(message);
                        }))
                .isPresent();
    }

    @Test
    void anyExpressionIsReadToItsEndSoon() {
        for (String part : List.of("(", "[", "[[", "\\", "(?P<", "[^]", "{1,", "+", "[[:", "((?:\\+", "[a\\]")) {
            NumberExpression.mended(part.repeat(500 / part.length()));
        }
    }

    private static List<String> faults(String field, String regex) {
        List<String> faults = new ArrayList<>();
        PredicateParser.parse(
                Sample.JSON
                        .createObjectNode()
                        .put("field", field)
                        .put("op", "regex")
                        .put("value", regex),
                "when",
                (path, message) -> faults.add(message));
        return faults;
    }
}
