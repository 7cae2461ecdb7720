package com.mobileapiconnect.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Problem.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that people write without quotes where a text is meant. */
class WrittenNumbersTest {

    private static JsonNode read(String yaml) {
        return ConfigReader.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0049", "919876543210", "1900", "+4915112345678", "-7", "0", "0x10", "0o17", "1_000", "1e3", "1E+3",
                        "1.50",
                "1.", ".5", "12:30:45", "18:00", "2026-06-12", "2026-06-12T14:32:00Z", ".inf", ".nan", "NO", "on", "~",
                        "=",
                "123456789012345678901234567890", "6.02e23"
            })
    void areTheTextThatTheyAreWrittenAs(String written) {
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(read("name: " + written), "", errors);

        assertThat(fields.text("name", 100)).isEqualTo(written);
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"7,7", "0,0", "-1,-1", "1000000,1000000", "2147483647,2147483647"})
    void areNumbersWhereNumbersAreWanted(String written, int number) {
        Fields fields = Fields.of(read("n: " + written), "", new ArrayList<>());

        assertThat(fields.integer("n", -10, Integer.MAX_VALUE, 5)).isEqualTo(number);
        assertThat(read("n: " + written)).isEqualTo(json("{\"n\":" + written + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9000000000", "-9000000000", "9223372036854775807", "9223372036854775808", "1.5", "2.5e10"})
    void areTheSameNumbersAsInJson(String written) {
        assertThat(read("n: " + written)).isEqualTo(json("{\"n\":" + written + "}"));
        assertThat(read("n: " + written).toString())
                .isEqualTo(json("{\"n\":" + written + "}").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "{field: from, op: equals, value: 1900} => {\"field\":\"from\",\"op\":\"equals\",\"value\":\"1900\"}",
                "{field: from, op: equals, value: 0049} => {\"field\":\"from\",\"op\":\"equals\",\"value\":\"0049\"}",
                "{field: text, op: equals, value: 1e3} => {\"field\":\"text\",\"op\":\"equals\",\"value\":\"1e3\"}",
                "{field: from, op: in, value: [1900, 919876543210]} =>"
                        + " {\"field\":\"from\",\"op\":\"in\",\"value\":[\"1900\",\"919876543210\"]}",
                "{field: sim, op: equals, value: 1} => {\"field\":\"sim\",\"op\":\"equals\",\"value\":1}",
                "{field: sim, op: in, value: [1, 2]} => {\"field\":\"sim\",\"op\":\"in\",\"value\":[1,2]}",
                "{field: text, op: exists, value: true} => {\"field\":\"text\",\"op\":\"exists\",\"value\":true}",
                "{all: [{not: {field: to, op: startsWith, value: 91}}]} =>"
                        + " {\"all\":[{\"not\":{\"field\":\"to\",\"op\":\"startsWith\",\"value\":\"91\"}}]}",
                "{field: receivedAt, op: between, value: {from: 09:00, to: 18:00, zone: UTC}} =>"
                        + " {\"field\":\"receivedAt\",\"op\":\"between\",\"value\":{\"from\":\"09:00\",\"to\":\"18:00\",\"zone\":\"UTC\"}}",
            })
    void areTextsInConditionsExceptForSims(String when, String expected) {
        assertThat(read("rules: [{name: X, when: " + when + "}]").at("/rules/0/when"))
                .isEqualTo(json(expected));
        assertThat(read("connections: [{name: X, when: " + when + "}]").at("/connections/0/when"))
                .isEqualTo(json(expected));
    }

    @Test
    void propertiesOfThatNameKeepTheirNumbers() {
        assertThat(read("connections: [{properties: {when: {value: 1}, field: from, value: 2}}]")
                        .at("/connections/0/properties"))
                .isEqualTo(json("{\"when\":{\"value\":1},\"field\":\"from\",\"value\":2}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules[0].name",
                "rules[0].when.value",
                "rules[0].then[0].text",
                "connections[0].name",
                "connections[0].properties.table"
            })
    void whatIsNoTextInYamlSaysThatItNeedsQuotes(String field) {
        JsonNode file = read("""
                rules: [{name: true, when: {field: text, op: equals, value: no}, then: [{text: false}]}]
                connections: [{name: null, properties: {table: 7}}]
                """.replace("value: no", "value: true"));
        Problem problem = Problem.invalid(field, "must be a string of at most 10 characters");

        assertThat(Quotes.named(problem, file).errors()).singleElement().satisfies(error -> assertThat(error.message())
                .startsWith("must be a string")
                .contains("put it in quotes"));
    }

    @Test
    void otherErrorsStayAsTheyAre() {
        JsonNode file = read("rules: [{name: [1], priority: x}]");
        for (Problem problem : List.of(
                Problem.invalid("rules[0].name", "must be a string"),
                Problem.invalid("rules[0].priority", "must be a whole number from 1 to 2"),
                Problem.invalid("rules[9].name", "must be a string"),
                Problem.badRequest("no"))) {
            assertThat(Quotes.named(problem, file).errors()).isEqualTo(problem.errors());
            assertThat(Quotes.named(problem, file).status()).isEqualTo(problem.status());
        }
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
