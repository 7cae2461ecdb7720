package com.mobileapiconnect.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.api.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static String filled(String text) {
        JsonNode file = JSON.valueToTree(Map.of("a", text));
        Placeholders.fill(file, (kind, name) -> kind + "<" + name + ">");
        return file.path("a").asText();
    }

    @ParameterizedTest
    @CsvSource({
        "${env:A}, env<A>",
        "${file:/run/a b}, file</run/a b>",
        "${env:}, env<>",
        "x${env:A}y, xenv<A>y",
        "${env:A}${env:B}, env<A>env<B>",
        "${env:A}$${env:B}, env<A>${env:B}",
        "$${env:A}, ${env:A}",
        "$$${env:A}, $${env:A}",
        "$$$${env:A}, $$${env:A}",
        "$$, $$",
        "$$ {env:A}, $$ {env:A}",
        "${ENV:A}, ${ENV:A}",
        "${env:A, ${env:A",
        "${env:${env:A}}, ${env:env<A>}",
        "${A}, ${A}",
        "$env:A, $env:A",
        "{{from}}, {{from}}",
        "${sys:A}, ${sys:A}",
        "${envA:B}, ${envA:B}",
        "${env:A\\1$2}, env<A\\1$2>",
    })
    void onlyWhatIsMeantAsAPlaceholderIsFilled(String text, String filled) {
        assertThat(filled(text)).isEqualTo(filled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "$$",
                "${",
                "${}",
                "${env:A}",
                "$${env:A}",
                "$$${env:A}",
                "$$$${env:A}${file:b}",
                "${file:}",
                "${env:${env:A}}",
                "${env:A",
                "a ${env:B} c",
                "{${env:A}}",
                "\\${env:A}",
                "${sys:A}",
                "{{from}}",
                "${env:A}\n${file:B}",
                "$ ${env:A}",
                "${env:A$}",
            })
    void whatIsGivenOutMeansItselfAgain(String text) {
        Object escaped = Placeholders.escaped(Map.of("a", List.of(text)));
        JsonNode file = JSON.valueToTree(escaped);
        Placeholders.refuse(file);
        assertThat(file.at("/a/0").asText()).isEqualTo(text);
    }

    @Test
    void nothingThatWasPutInIsLookedAtAgain() {
        JsonNode file = JSON.valueToTree(Map.of("a", "${env:A}"));
        Placeholders.fill(file, (kind, name) -> "${env:B}");
        assertThat(file.path("a").asText()).isEqualTo("${env:B}");
    }

    @Test
    void eachOneWithoutAValueIsNamedUpToABound() {
        JsonNode file = JSON.valueToTree(Map.of("a", List.of(Map.of("b", "${env:A}"))));
        assertThatThrownBy(() -> Placeholders.refuse(file))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.errors())
                        .extracting(Problem.FieldError::field)
                        .containsExactly("a[0].b"));
        JsonNode many = JSON.valueToTree(Map.of("a", java.util.Collections.nCopies(1_000, "${env:A}")));
        assertThatThrownBy(() -> Placeholders.refuse(many))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.errors()).hasSize(20));
    }
}
