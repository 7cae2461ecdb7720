package com.mobileapiconnect.bridge.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.support.Receiver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertySchemaTest {

    private static List<String> faults(PropertySchema schema, String properties) {
        List<String> faults = new ArrayList<>();
        try {
            schema.check(new JsonMapper().readTree(properties), (path, message) -> faults.add(path + " " + message));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(properties, e);
        }
        return faults;
    }

    private static PropertySchema of(String schemaOfA) {
        return PropertySchema.of("{\"type\":\"object\",\"properties\":{\"a\":" + schemaOfA + "}}");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "{\"type\":\"boolean\"} -> 1 -> a must be true or false",
                "{\"type\":[\"array\",\"null\"]} -> 1 -> a must be a list or null",
                "{\"const\":\"x\"} -> \"y\" -> a must be x",
                "{\"exclusiveMinimum\":0} -> 0 -> a must be more than 0",
                "{\"exclusiveMaximum\":9} -> 9 -> a must be less than 9",
                "{\"multipleOf\":2} -> 3 -> a must be a multiple of 2",
                "{\"minLength\":1} -> \"\" -> a must be at least 1 character",
                "{\"minItems\":2} -> [] -> a must have at least 2 entries",
                "{\"maxItems\":1} -> [1,2] -> a must have at most 1 entry",
                "{\"uniqueItems\":true} -> [1,1] -> a must not have the same entry twice",
                "{\"items\":{\"type\":\"string\"}} -> [\"x\",7] -> a[1] must be a string",
                "{\"minProperties\":1} -> {} -> a must have at least 1 field",
                "{\"maxProperties\":1} -> {\"b\":1,\"c\":1} -> a must have at most 1 field",
                "{\"required\":[\"b\"]} -> {} -> a.b must be given",
                "{\"additionalProperties\":false} -> {\"b\":1} -> a.b is unknown here",
                "{\"propertyNames\":{\"pattern\":\"^x\"}} -> {\"b\":1} -> a.b is not allowed as a name here",
                "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]} -> true -> a must be a string, or must be a whole number",
                "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]} -> true -> a must be a string, or must be a whole number",
                "{\"oneOf\":[{\"type\":\"number\"},{\"type\":\"integer\"}]} -> 1 -> a must be exactly one of the forms that the connector takes",
                "{\"not\":{\"type\":\"string\"}} -> \"s\" -> a does not fit the connector's schema (not)",
                "{\"format\":\"uri\"} -> \"no uri\" -> a must be of the format uri",
            })
    void saysWhatIsWantedWithoutQuotingTheValue(String schema, String value, String fault) {
        assertThat(faults(of(schema), "{\"a\":" + value + "}")).containsExactly(fault);
    }

    @Test
    void anUnknownPropertyIsNamedOnceThoughTheSchemaForbidsItToo() {
        PropertySchema schema = PropertySchema.of(
                "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"a\":{\"type\":\"string\"}}}");
        assertThat(faults(schema, "{\"b\":1}")).containsExactly("b is unknown; this connector has a");
    }

    @Test
    void draft7IsReadByItsOwnRules() {
        PropertySchema schema = PropertySchema.of("""
                {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{
                 "pair":{"type":"array","items":[{"type":"string"},{"type":"integer"}]}}}""");
        assertThat(faults(schema, "{\"pair\":[\"x\",\"y\"]}")).containsExactly("pair[1] must be a whole number");
    }

    @Test
    void saysAtMostTwentyFaults() {
        StringBuilder list = new StringBuilder("1");
        for (int i = 0; i < 100; i++) {
            list.append(",1");
        }
        assertThat(faults(of("{\"items\":{\"type\":\"string\"}}"), "{\"a\":[" + list + "]}"))
                .hasSize(20);
    }

    @Test
    @Timeout(120)
    void aPatternTakesLinearTimeWhateverATenantWrites() {
        assertThat(faults(of("{\"pattern\":\"^(a+)+$\"}"), "{\"a\":\"" + "a".repeat(50_000) + "!\"}"))
                .containsExactly("a must match ^(a+)+$");
    }

    @Test
    void aSchemaIsNeverFetchedFromAnywhere() {
        try (Receiver receiver = new Receiver()) {
            PropertySchema schema = of("{\"$ref\":\"" + receiver.url("/schema.json") + "\"}");
            assertThatThrownBy(() -> faults(schema, "{\"a\":1}")).isInstanceOf(RuntimeException.class);
            assertThat(receiver.requests()).isEmpty();
        }
    }
}
