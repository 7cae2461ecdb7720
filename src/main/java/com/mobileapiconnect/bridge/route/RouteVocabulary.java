package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names and values that Camel's schema has at a place of a text. */
final class RouteVocabulary {

    private static final List<String> ALTERNATIVES = List.of("oneOf", "anyOf", "allOf");
    /** Alternatives refer to each other, but no deeper than this. */
    private static final int DEEPEST = 8;

    private final JsonNode schema;

    RouteVocabulary(JsonNode schema) {
        this.schema = schema;
    }

    /** Returns the names of keys at a place, each with the parts of the schema that its value may fit. */
    Map<String, List<JsonNode>> keys(List<String> path) {
        Map<String, List<JsonNode>> keys = new LinkedHashMap<>();
        for (JsonNode each : at(path)) {
            each.path("properties").properties().forEach(part -> keys.computeIfAbsent(
                            part.getKey(), first -> new ArrayList<>())
                    .addAll(alternatives(part.getValue())));
        }
        return keys;
    }

    private List<JsonNode> at(List<String> path) {
        List<JsonNode> now = alternatives(schema);
        for (String step : path) {
            List<JsonNode> inner = new ArrayList<>();
            for (JsonNode each : now) {
                JsonNode next = step.equals(RouteCursor.ENTRY)
                        ? each.path("items")
                        : each.path("properties").path(step);
                if (next.isObject()) {
                    inner.addAll(alternatives(next));
                }
            }
            now = inner;
        }
        return now;
    }

    private List<JsonNode> alternatives(JsonNode node) {
        List<JsonNode> all = new ArrayList<>();
        collect(node, all, 0);
        return all;
    }

    private void collect(JsonNode node, List<JsonNode> into, int depth) {
        if (depth > DEEPEST || !node.isObject()) {
            return;
        }
        into.add(node);
        String ref = node.path("$ref").asText();
        if (ref.startsWith("#/")) {
            collect(schema.at(ref.substring(1)), into, depth + 1);
        }
        for (String alternative : ALTERNATIVES) {
            node.path(alternative).forEach(each -> collect(each, into, depth + 1));
        }
    }

    /** Returns the values that are named, where all that fit are; empty where anything fits. */
    static List<String> values(List<JsonNode> kinds) {
        List<String> values = new ArrayList<>();
        for (JsonNode kind : kinds) {
            kind.path("enum").forEach(each -> values.add(each.asText()));
            if (kind.path("type").asText().equals("boolean")) {
                values.addAll(List.of("true", "false"));
            }
        }
        return values;
    }

    /** Returns whether the value can stand on the line of its key. */
    static boolean isPlain(List<JsonNode> kinds) {
        return kinds.stream()
                .map(kind -> kind.path("type").asText())
                .anyMatch(type -> !type.isEmpty() && !type.equals("object") && !type.equals("array"));
    }
}
