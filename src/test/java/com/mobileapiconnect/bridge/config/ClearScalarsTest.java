package com.mobileapiconnect.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What a file of the configuration says is the same by YAML 1.1 (SnakeYAML) and by 1.2 (the bridge's own reader). */
class ClearScalarsTest {

    static Stream<String> texts() {
        return Stream.of(YamlTexts.ALL, YamlTexts.SEPARATED).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextIsThatTextToReadersOfEitherVersion(String text) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("value", text);
        file.put("list", List.of(text, Map.of("inner", text)));
        file.put("k" + text, Map.of(text, 1));
        String yaml = ConfigYaml.yaml(file);

        assertThat(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(yaml))
                .as(yaml)
                .isEqualTo(file);
        assertThat(ConfigReader.read(yaml.getBytes(StandardCharsets.UTF_8)))
                .as(yaml)
                .isEqualTo(new JsonMapper().<JsonNode>valueToTree(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SAP",
                "SAP S/4HANA",
                "https://erp.example.com/sms",
                "con_06h0",
                "Hi {{from}}",
                "नमस्ते",
                "PT5S",
                "balance of a, b and c",
                "/error",
                "X-Api-Key",
                "ops@example.com"
            })
    void aTextThatCanBeNothingElseHasNoQuotes(String text) {
        assertThat(ConfigYaml.yaml(Map.of("a", text))).isEqualTo("a: " + text + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0049",
                "+49151",
                "0x10",
                "~",
                "=",
                "NO",
                "1e3",
                "12:30:45",
                "2026-06-12",
                ".inf",
                "<<",
                "y",
                "null",
                "",
                "18:00",
                "1_000",
                "on",
                ":sym",
                "2xx",
                "919876543210",
                "0b1",
                "-",
                "true"
            })
    void aTextThatMightBeSomethingElseHasQuotes(String text) {
        assertThat(ConfigYaml.yaml(Map.of("a", text))).isEqualTo("a: '" + text + "'\n");
        assertThat(ConfigYaml.yaml(Map.of("k", List.of(text)))).isEqualTo("k:\n  - '" + text + "'\n");
        assertThat(ConfigYaml.yaml(Map.of(text, 1))).contains("'" + text + "'");
    }

    @Test
    void textsOfSeveralLinesStayReadable() {
        assertThat(ConfigYaml.yaml(Map.of("text", "Hi {{from}}:\n{{text}}")))
                .isEqualTo("text: |-\n  Hi {{from}}:\n  {{text}}\n");
        assertThat(ConfigYaml.yaml(Map.of("text", "Dear all,\n\n# 1\n"))).isEqualTo("text: |\n  Dear all,\n\n  # 1\n");
    }

    static Stream<Object> numbers() {
        return Stream.of(
                0,
                1,
                -1,
                8,
                100,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                new BigInteger("1" + "0".repeat(30)),
                0.5,
                4.0,
                -0.25,
                0.01,
                100_000.0,
                1e10,
                1.5e300,
                1.7e-5,
                1e-300,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                0.1 + 0.2,
                true,
                false);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberIsThatNumberToReadersOfEitherVersion(Object number) {
        String yaml = ConfigYaml.yaml(Map.of("a", number));
        Map<String, Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);

        assertThat(read.get("a")).as(yaml).isEqualTo(number);
        assertThat(ConfigReader.read(yaml.getBytes(StandardCharsets.UTF_8))
                        .get("a")
                        .toString())
                .isEqualTo(new JsonMapper().valueToTree(number).toString());
    }

    @Test
    void nothingIsNothing() {
        Map<String, Object> nothing = new LinkedHashMap<>();
        nothing.put("a", null);

        assertThat(ConfigReader.read(ConfigYaml.yaml(nothing).getBytes(StandardCharsets.UTF_8))
                        .get("a"))
                .isEqualTo(JsonNodeFactory.instance.nullNode());
    }
}
