package com.mobileapiconnect.bridge.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.resource.DatabaseBrand;
import com.mobileapiconnect.bridge.sql.SqlValue.UnfitException;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A value becomes what its column takes, or is refused with the column's name and without being quoted. */
class SqlValueTest {

    private static SqlColumn column(int type, String typeName, int size) {
        return new SqlColumn("c", type, typeName, size, true);
    }

    private static Object of(String text, SqlColumn column) throws UnfitException {
        return SqlValue.of(TextNode.valueOf(text), column, DatabaseBrand.POSTGRESQL)
                .value();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("hello", Types.VARCHAR, "varchar", "hello"),
                Arguments.of("12", Types.INTEGER, "int4", 12L),
                Arguments.of(" 12 ", Types.BIGINT, "int8", 12L),
                Arguments.of("12.00", Types.INTEGER, "int4", 12L),
                Arguments.of("12.5", Types.NUMERIC, "numeric", new BigDecimal("12.5")),
                Arguments.of("true", Types.BIT, "bool", true),
                Arguments.of("0", Types.BOOLEAN, "bool", false),
                Arguments.of("2026-06-12", Types.DATE, "date", LocalDate.of(2026, 6, 12)),
                Arguments.of("2026-06-12T14:32:00.000Z", Types.DATE, "date", LocalDate.of(2026, 6, 12)),
                Arguments.of(
                        "2026-06-12T14:32:00.000Z",
                        Types.TIMESTAMP,
                        "timestamp",
                        LocalDateTime.of(2026, 6, 12, 14, 32)),
                Arguments.of(
                        "2026-06-12T16:32:00+02:00",
                        Types.TIMESTAMP,
                        "timestamp",
                        LocalDateTime.of(2026, 6, 12, 14, 32)),
                Arguments.of(
                        "2026-06-12T14:32:00.000Z",
                        Types.TIMESTAMP,
                        "timestamptz",
                        OffsetDateTime.parse("2026-06-12T14:32:00Z")),
                Arguments.of(
                        "2026-06-12T14:32:00.000Z",
                        -155,
                        "datetimeoffset",
                        OffsetDateTime.parse("2026-06-12T14:32:00Z")),
                Arguments.of(
                        "2026-06-12T14:32:00.000Z",
                        -101,
                        "TIMESTAMP(6) WITH TIME ZONE",
                        OffsetDateTime.parse("2026-06-12T14:32:00Z")),
                Arguments.of("true", Types.DECIMAL, "NUMBER", BigDecimal.ONE),
                Arguments.of("false", Types.NUMERIC, "NUMBER", BigDecimal.ZERO),
                Arguments.of("2.5", 101, "BINARY_DOUBLE", new BigDecimal("2.5")),
                Arguments.of("{\"a\":1}", Types.OTHER, "jsonb", "{\"a\":1}"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aTextBecomesWhatTheColumnTakes(String text, int type, String typeName, Object value) throws UnfitException {
        assertThat(of(text, column(type, typeName, 0))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            balance please | 4    | int4
            1e400          | 4    | int4
            99999999999    | 4    | int4
            1.5            | 4    | int4
            balance please | 2    | numeric
            perhaps        | 16   | bool
            yesterday      | 91   | date
            14:32          | 93   | timestamp
            balance please | -2   | bytea
            """)
    void oneThatDoesNotFitIsRefusedByItsColumn(String text, int type, String typeName) {
        assertThatThrownBy(() -> of(text, column(type, typeName, 0)))
                .isInstanceOf(UnfitException.class)
                .hasMessageStartingWith("The column c ")
                .hasMessageNotContaining(text);
    }

    @Test
    void aTextThatIsTooLongIsRefusedAndNotCut() throws UnfitException {
        assertThat(of("12345", column(Types.VARCHAR, "varchar", 5))).isEqualTo("12345");
        assertThatThrownBy(() -> of("123456", column(Types.VARCHAR, "varchar", 5)))
                .hasMessage("The column c takes at most 5 characters, and the value has 6");
    }

    @Test
    void aCharacterOfCodeZeroIsRefused() {
        assertThatThrownBy(() -> of("a\0b", column(Types.VARCHAR, "varchar", 0)))
                .hasMessage("The column c cannot have a character of code 0");
    }

    @Test
    void nothingIsNullOrRefusedWhereTheColumnMustHaveAValue() throws UnfitException {
        assertThat(SqlValue.of(
                                JsonNodeFactory.instance.nullNode(),
                                column(Types.INTEGER, "int4", 0),
                                DatabaseBrand.POSTGRESQL)
                        .value())
                .isNull();
        assertThatThrownBy(() -> SqlValue.of(
                        JsonNodeFactory.instance.nullNode(),
                        new SqlColumn("c", Types.INTEGER, "int4", 0, false),
                        DatabaseBrand.POSTGRESQL))
                .hasMessageStartingWith("The column c must have a value");
    }
}
