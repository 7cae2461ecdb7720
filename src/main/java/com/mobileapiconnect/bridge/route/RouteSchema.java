package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.setting.Nearest;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;

/** The JSON Schema of Camel's YAML, as it comes with Camel. Compiled with the first text that is checked. */
final class RouteSchema {

    private static final String FILE = "/schema/camelYamlDsl.json";
    private static final int MOST_FAULTS = 5;
    private static final List<String> WORDS = List.of("default", "deprecated", "description", "title");

    private final JsonNode json;
    private final Schema schema;

    private RouteSchema(JsonNode json) {
        this.json = json;
        this.schema = SchemaRegistry.withDefaultDialect(Dialects.getDraft4(), builder -> builder.schemaLoader(
                                loader -> loader.block(iri -> true))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder().build()))
                .getSchema(json);
    }

    private static final class Compiled {
        static final RouteSchema ONLY = load();

        private static RouteSchema load() {
            try (InputStream in =
                    Objects.requireNonNull(YamlRoutesBuilderLoader.class.getResourceAsStream(FILE), FILE)) {
                JsonNode json = new JsonMapper().readTree(in);
                withoutWords(json);
                return new RouteSchema(json);
            } catch (IOException e) {
                throw new IllegalStateException("Cannot read " + FILE, e);
            }
        }
    }

    /** Takes out what is for people and would only be kept in memory. */
    private static void withoutWords(JsonNode node) {
        if (node instanceof ObjectNode object) {
            WORDS.forEach(word -> {
                if (object.path(word).isValueNode()) { // otherwise it is the name of a property
                    object.remove(word);
                }
            });
        }
        node.forEach(RouteSchema::withoutWords);
    }

    static List<RouteFault> check(RouteText text) {
        return Compiled.ONLY.faults(text);
    }

    /** Returns the names that a text may have, place by place. */
    static RouteVocabulary vocabulary() {
        return new RouteVocabulary(Compiled.ONLY.json);
    }

    /** Returns the faults of the alternatives that fit for the longest way: those were meant. */
    private List<RouteFault> faults(RouteText text) {
        List<Error> errors = schema.validate(text.tree());
        if (errors.isEmpty()) {
            return List.of();
        }
        int deepest = errors.stream().mapToInt(RouteSchema::depth).max().orElse(0);
        Map<String, RouteFault> faults = new LinkedHashMap<>();
        errors.stream()
                .filter(error -> depth(error) == deepest)
                .sorted(Comparator.comparing(error -> rank(error.getKeyword())))
                .forEach(error -> faults.putIfAbsent(pointer(error), fault(text, error)));
        return new ArrayList<>(faults.values()).subList(0, Math.min(MOST_FAULTS, faults.size()));
    }

    private static int rank(String keyword) {
        return switch (keyword) {
            case "additionalProperties" -> 0;
            case "enum" -> 1;
            case "required" -> 2;
            case "type" -> 3;
            default -> 4;
        };
    }

    private static boolean namesMember(Error error) {
        return error.getProperty() != null && error.getKeyword().equals("additionalProperties");
    }

    private static int depth(Error error) {
        return error.getInstanceLocation().getNameCount() + (namesMember(error) ? 1 : 0);
    }

    private static String pointer(Error error) {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
            pointer.append('/')
                    .append(RouteYaml.escaped(
                            String.valueOf(error.getInstanceLocation().getElement(i))));
        }
        return namesMember(error) ? pointer + "/" + RouteYaml.escaped(error.getProperty()) : pointer.toString();
    }

    private RouteFault fault(RouteText text, Error error) {
        String pointer = pointer(error);
        String name = pointer.substring(pointer.lastIndexOf('/') + 1);
        return switch (error.getKeyword()) {
            case "additionalProperties" -> unknown(text, error, pointer);
            case "required" -> RouteFault.at(text.place(pointer), name + " needs " + error.getProperty(), null);
            case "type" ->
                RouteFault.at(
                        text.place(pointer), name + " has to be of the kind " + kind(error.getSchemaNode()), null);
            case "enum" -> {
                List<String> values = texts(error.getSchemaNode());
                yield RouteFault.at(
                        text.place(pointer),
                        name + " cannot be " + text.tree().at(pointer).asText(),
                        "it can be " + String.join(", ", values));
            }
            case "maxProperties" ->
                RouteFault.at(
                        text.place(pointer),
                        "There is more than one step in one entry of a list",
                        "begin each with a dash");
            default -> RouteFault.at(text.place(pointer), name + " does not fit: " + error.getMessage(), null);
        };
    }

    private RouteFault unknown(RouteText text, Error error, String pointer) {
        String name = error.getProperty();
        List<String> known = known(error);
        boolean isStep = known.contains("setBody") && known.contains("wireTap");
        String hint = Nearest.to(name, known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse(isStep ? null : "there is " + String.join(", ", known.subList(0, Math.min(12, known.size()))));
        return RouteFault.at(text.key(pointer), name + (isStep ? " is no step" : " is unknown here"), hint);
    }

    /** Returns the names that the part of the schema has that does not know this one. */
    private List<String> known(Error error) {
        String location = error.getSchemaLocation().getFragment().toString();
        String inside = location.substring(0, Math.max(0, location.lastIndexOf('/')));
        JsonNode properties = json.at(inside + "/properties");
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        Collections.sort(names);
        return names;
    }

    private static String kind(JsonNode type) {
        return type.isTextual() ? type.asText() : String.join(" or ", texts(type));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
