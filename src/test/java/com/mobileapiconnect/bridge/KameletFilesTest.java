package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.route.CamelSchema;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every file in {@code connectors/} is a Kamelet that any tool for Kamelets reads, and says enough to draw its form. */
class KameletFilesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_LINES = 150;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z0-9_.:-]+)}}");
    private static final Schema STEPS = CamelSchema.read();
    private static final Schema PROPERTIES = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("connectors"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** Files that the bridge itself does not load: they are for applications of other people. */
    private static boolean isForOthers(Path file) {
        return file.startsWith(Path.of("connectors/camel"));
    }

    private static JsonNode kamelet(Path file) throws IOException {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
    }

    private static List<String> faults(Schema schema, JsonNode json) {
        return schema.validate(json).stream().map(Error::toString).toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isNamedAfterItsFileAndHasTheFormOfAKamelet(Path file) throws IOException {
        JsonNode kamelet = kamelet(file);
        assertThat(file.getFileName()).hasToString(kamelet.at("/metadata/name").asText() + ".kamelet.yaml");
        assertThat(kamelet.path("apiVersion").asText()).isEqualTo("camel.apache.org/v1");
        assertThat(kamelet.path("kind").asText()).isEqualTo("Kamelet");
        assertThat(kamelet.at("/metadata/labels")
                        .path("camel.apache.org/kamelet.type")
                        .asText())
                .isIn("source", "sink", "action");
        assertThat(names(kamelet.path("spec")))
                .isSubsetOf("definition", "types", "dataTypes", "dependencies", "template");
        assertThat(isForOthers(file) && kamelet.at("/spec/dependencies").isEmpty())
                .as("an application elsewhere has to be told what it needs")
                .isFalse();
        assertThat(kamelet.at("/spec/dependencies"))
                .allSatisfy(dependency -> assertThat(dependency.asText()).matches("(camel|mvn|github):.+"));
        assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(MOST_LINES);
    }

    @ParameterizedTest
    @MethodSource("files")
    void describesEachPropertyByAJsonSchema(Path file) throws IOException {
        JsonNode definition = kamelet(file).at("/spec/definition");
        assertThat(faults(PROPERTIES, definition)).isEmpty();
        assertThat(definition.path("type").asText()).isEqualTo("object");
        assertThat(definition.path("title").asText()).isNotBlank();
        assertThat(definition.path("description").asText()).hasSizeGreaterThan(20);
        Map<String, JsonNode> properties = definition.path("properties").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(definition.path("required"))
                .allSatisfy(name -> assertThat(properties).containsKey(name.asText()));
        properties.forEach((name, property) -> {
            assertThat(property.path("title").asText()).as("title of " + name).isNotBlank();
            assertThat(property.path("description").asText())
                    .as("description of " + name)
                    .isNotBlank();
            assertThat(property.has("type") || property.has("enum") || property.has("oneOf") || property.has("anyOf"))
                    .as("type of " + name)
                    .isTrue();
            if (property.has("default")) {
                Schema own = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
                        .getSchema(property);
                assertThat(faults(own, property.get("default")))
                        .as("default of " + name)
                        .isEmpty();
            }
            if (property.path("format").asText().equals("password")) {
                assertThat(property.has("default")).as("default of a secret").isFalse();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void hasATemplateOfCamelsYaml(Path file) throws IOException {
        JsonNode template = kamelet(file).at("/spec/template");
        assertThat(names(template)).isSubsetOf("from", "route", "beans").containsAnyOf("from", "route");
        names(template).forEach(part -> assertThat(faults(
                        STEPS,
                        JSON.createArrayNode().add(JSON.createObjectNode().set(part, template.get(part)))))
                .as(part)
                .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("files")
    void usesPropertiesThatThereAreAndPutsNoneIntoAScript(Path file) throws IOException {
        JsonNode kamelet = kamelet(file);
        Set<String> known = new TreeSet<>(names(kamelet.at("/spec/definition/properties")));
        kamelet.at("/spec/template/beans")
                .forEach(bean -> known.add(bean.path("name").asText()));
        Set<String> used = PLACEHOLDER
                .matcher(kamelet.at("/spec/template").toString())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(known).containsAll(used);
        kamelet.at("/spec/template").findValues("groovy").forEach(script -> assertThat(script.toString())
                .doesNotContain("{{"));
        if (isForOthers(file)) { // the bridge's own give all of them to the bean that their route names
            assertThat(used).as("a property that has no effect").isEqualTo(known);
        }
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
