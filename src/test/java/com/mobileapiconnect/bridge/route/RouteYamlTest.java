package com.mobileapiconnect.bridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The YAML of routes, in files and in pages, is what editors of Camel's YAML open: by its schema, with ids and descriptions. */
class RouteYamlTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Schema CAMEL = CamelSchema.read();
    private static final int MOST_LINES = 40;

    /** Parts that are no steps of their own, and have an id all the same. */
    private static final List<String> STEPS_BELOW = List.of("steps", "when", "otherwise", "doCatch", "doFinally");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }

    static Stream<String> examples() {
        return RoutePage.examples().keySet().stream();
    }

    static List<String> blocksOfPages() throws IOException {
        List<String> blocks = new ArrayList<>();
        for (String page : List.of("docs/routes.md", "docs/plugins.md", "README.md")) {
            RoutePage.blocks(Path.of(page)).stream()
                    .filter(block -> block.stripLeading().startsWith("- ")
                            || block.stripLeading().startsWith("steps:")
                            || block.startsWith("#"))
                    .forEach(blocks::add);
        }
        return blocks;
    }

    private static JsonNode yaml(String text) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
    }

    private static List<String> faults(JsonNode routes) {
        return CAMEL.validate(routes).stream().map(Error::toString).toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileOfThePipelineIsShortAndFollowsTheSchema(Path file) throws IOException {
        String text = Files.readString(file);

        assertThat(file.getFileName().toString()).endsWith(".camel.yaml");
        assertThat(text.lines().count()).isLessThanOrEqualTo(MOST_LINES);
        assertThat(text).startsWith("# ");
        assertThat(faults(yaml(text))).isEmpty();
    }

    @Test
    void thereAreFilesToOpenAndEightExamples() throws IOException {
        assertThat(files()).hasSize(4);
        assertThat(RoutePage.examples()).hasSize(9); // the sixth is two
    }

    @ParameterizedTest
    @MethodSource("blocksOfPages")
    void whatAPageShowsFollowsTheSchemaToo(String block) {
        JsonNode yaml = yaml(block);
        JsonNode routes = yaml.isArray()
                        && (yaml.at("/0/route").isObject()
                                || yaml.at("/0/routeConfiguration").isObject())
                ? yaml
                : JSON.createArrayNode()
                        .add(JSON.createObjectNode()
                                .set(
                                        "from",
                                        JSON.createObjectNode()
                                                .put("uri", "outbox:due")
                                                .set("steps", yaml.isArray() ? yaml : yaml.get("steps"))));

        assertThat(faults(routes)).isEmpty();
    }

    @Test
    void theSchemaFindsAMistake() {
        assertThat(faults(yaml("- route: {id: a, from: {uri: 'direct:a', steps: [{too: 'direct:b'}]}}")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRouteAndStepOfThePipelineHasAnIdAndADescription(Path file) throws IOException {
        requireNames(yaml(Files.readString(file)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyRouteAndStepOfAnExampleHasAnIdAndADescription(String name) {
        JsonNode yaml = yaml(RoutePage.examples().get(name));

        requireNames(yaml);
        assertThat(yaml.at("/0/route/id").asText()).isEqualTo(name);
    }

    private static void requireNames(JsonNode routes) {
        Map<String, String> ids = new HashMap<>();
        for (JsonNode entry : routes) {
            if (entry.has("route")) {
                JsonNode route = entry.get("route");
                requireNames(route, "route", ids);
                requireNames(route.get("from"), "from", ids);
                steps(route.get("from"), ids);
            } else {
                assertThat(entry.at("/routeConfiguration/description").asText()).isNotBlank();
            }
        }
    }

    private static void steps(JsonNode holder, Map<String, String> ids) {
        for (Map.Entry<String, JsonNode> part : holder.properties()) {
            if (STEPS_BELOW.contains(part.getKey())) {
                for (JsonNode step : part.getValue()) {
                    boolean named = step.size() == 1
                            && step.properties().iterator().next().getValue().isObject();
                    JsonNode inner = named ? step.properties().iterator().next().getValue() : step;
                    requireNames(inner, step.toString(), ids);
                    steps(inner, ids);
                }
            }
        }
    }

    private static void requireNames(JsonNode part, String what, Map<String, String> ids) {
        String id = part.path("id").asText();
        assertThat(id).as("id of " + what).isNotBlank();
        assertThat(part.path("description").asText())
                .as("description of " + what)
                .isNotBlank();
        assertThat(ids.put(id, what)).as("another with the id " + id).isNull();
    }
}
