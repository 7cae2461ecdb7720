package com.mobileapiconnect.bridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The names and values that fit where somebody types. */
class RouteCompletionsTest {

    private static final String STEPS = "- from:\n    uri: direct:a\n    steps:\n";

    private static Api operator;

    @BeforeAll
    static void operator() {
        operator = RunningBridge.shared(Database.SQLITE).operator();
    }

    private static JsonNode found(String before) {
        return operator.post("/v1/routes/mine/completions", before).expect(200).json();
    }

    private static List<String> texts(String before) {
        return found(before).get("completions").findValuesAsText("text");
    }

    @Test
    void atTheBeginningThereAreRoutesButNoBeans() {
        assertThat(texts("- ")).contains("route:", "from:", "onException:").doesNotContain("beans:", "rest:");
    }

    @Test
    void stepsAreThoseOfCamelThatARouteMayUse() {
        assertThat(texts(STEPS + "      - "))
                .contains("choice:", "filter:", "to: ", "log: ", "setBody:", "multicast:")
                .doesNotContain("script:", "saga:", "serviceCall:");
    }

    @Test
    void whatBeginsAsTypedComesFirst() {
        List<String> texts = texts(STEPS + "      - lo");

        assertThat(texts.get(0)).startsWith("lo");
        assertThat(texts)
                .allMatch(text -> text.toLowerCase(java.util.Locale.ROOT).contains("lo"));
        assertThat(found(STEPS + "      - lo").get("typed").asText()).isEqualTo("lo");
    }

    @Test
    void eachHasALineThatSaysWhatItIs() {
        JsonNode filter = found(STEPS + "      - filte").at("/completions/0");

        assertThat(filter.get("name").asText()).isEqualTo("filter");
        assertThat(filter.get("description").asText()).isNotEmpty().doesNotContain("\n");
    }

    @Test
    void expressionsAreOfTheLanguagesThatARouteMayUse() {
        assertThat(texts(STEPS + "      - setBody:\n          "))
                .contains("simple: ", "constant: ", "jsonpath: ")
                .doesNotContain("groovy: ", "python: ", "spel: ");
    }

    @Test
    void namesThatAreThereAlreadyAreNotOfferedAgain() {
        assertThat(texts(STEPS + "      - to:\n          uri: direct:b\n          "))
                .contains("parameters:", "id: ")
                .doesNotContain("uri: ");
    }

    @Test
    void endpointsAreThoseOfTheBridgeAndOfAllowedComponents() {
        assertThat(texts(STEPS + "      - to: "))
                .contains("outbox:send", "outbox:skip?reason=", "direct:", "sql:", "kafka:")
                .doesNotContain("http:", "file:", "outbox:due");
        assertThat(texts("- from:\n    uri: ")).contains("outbox:due", "seda:").doesNotContain("outbox:send", "log:");
    }

    @Test
    void parametersAreTheOptionsOfTheirComponent() {
        String parameters = STEPS + "      - to:\n          uri: sql:select 1\n          parameters:\n            ";

        assertThat(texts(parameters)).contains("outputType: ", "dataSource: ").doesNotContain("initialDelay: ");
        assertThat(texts(parameters + "outputType: ")).contains("SelectOne", "SelectList");
        assertThat(texts(parameters + "noop: ")).containsExactly("true", "false");
    }

    @Test
    void valuesOfAListAreOffered() {
        assertThat(texts(STEPS + "      - to:\n          uri: direct:b\n          pattern: "))
                .containsExactlyInAnyOrder("InOnly", "InOut");
    }

    @Test
    void nothingIsOfferedInAComment() {
        assertThat(texts("# - ")).isEmpty();
    }

    @Test
    void thereAreNeverMoreThanFit() {
        assertThat(texts(STEPS + "      - ")).hasSizeLessThanOrEqualTo(RouteCompletions.MOST);
    }

    @Test
    void onlyTheOperatorIsAnsweredAndForNoMoreThanATextMayHave() {
        RunningBridge bridge = RunningBridge.shared(Database.SQLITE);
        bridge.newTenant().api().post("/v1/routes/mine/completions", "- ").expect(403);
        operator.post("/v1/routes/Mine/completions", "- ").expect(404);
        operator.post("/v1/routes/mine/completions", "#".repeat(RouteText.MOST_BYTES + 1))
                .expect(422);
    }
}
