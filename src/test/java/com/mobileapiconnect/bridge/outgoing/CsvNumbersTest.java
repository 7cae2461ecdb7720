package com.mobileapiconnect.bridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.api.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of numbers, as spreadsheets and other systems write them. */
class CsvNumbersTest {

    private static List<OptOutImport.Entry> read(String table) {
        return CsvNumbers.read(table.getBytes(StandardCharsets.UTF_8), 5);
    }

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("", ""),
                Arguments.of("\n\n", ""),
                Arguments.of("1234567\n7654321\n", "1:1234567 2:7654321"),
                Arguments.of("1234567", "1:1234567"),
                Arguments.of("1234567\r\n7654321\r\n", "1:1234567 2:7654321"),
                Arguments.of("number\n1234567", "2:1234567"),
                Arguments.of("\ufeffNumber\n1234567", "2:1234567"),
                Arguments.of("number,since,messageId\r\n1234567,2026-06-12T14:32:00.000Z,\r\n", "2:1234567"),
                Arguments.of("name,number\nAnn,1234567\nBob,7654321", "2:1234567 3:7654321"),
                Arguments.of("name;number\nAnn;1234567", "2:1234567"),
                Arguments.of("name\tnumber\nAnn\t1234567", "2:1234567"),
                Arguments.of("\"name\",\"number\"\n\"Ann, B\",\"1234567\"", "2:1234567"),
                Arguments.of("\"number\"\n\"+91 12345-67\"", "2:+91 12345-67"),
                Arguments.of("number\n\"'=SUM(A1)\"", "2:=SUM(A1)"),
                Arguments.of("number\n'1234567", "2:1234567"),
                Arguments.of("number\n\n  1234567  \n\n7654321", "3:1234567 5:7654321"),
                Arguments.of("name,number\n\"two\nlines\",1234567\nBob,7654321", "2:1234567 4:7654321"),
                Arguments.of("name,number\n\"a \"\"b\"\" c\",1234567", "2:1234567"),
                Arguments.of("name,number\nAnn", "2:"),
                Arguments.of("name,number\n,1234567", "2:1234567"),
                Arguments.of("phone\n1234567", "1:phone 2:1234567"),
                Arguments.of("12\"34\"567", "1:12\"34\"567"),
                Arguments.of("1234567,", "1:1234567"));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void numbersHaveTheirLines(String table, String expected) {
        assertThat(read(table).stream()
                        .map(entry -> entry.place() + ":" + entry.written())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "1234567|1
            1~"2~3~|2
            number~"|2
            a,"b|1""", quoteCharacter = '^')
    void aQuoteThatDoesNotEndIsNamedByTheLineInWhichItBegins(String table, int line) {
        assertThatThrownBy(() -> read(table.replace('~', '\n')))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("line " + line + " has a quote that does not end");
    }

    @Test
    void aTableThatIsTooLongIsRefusedBeforeItIsReadWhole() {
        assertThatThrownBy(() -> read("1234567\n".repeat(100_000)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("1 to 5");
    }

    @Test
    void quotesWithoutEndCostNoMoreThanOtherText() {
        String table = "a" + "\"".repeat(1 << 20);
        assertThat(read(table)).hasSize(1);
    }
}
