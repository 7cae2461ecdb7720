package com.mobileapiconnect.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Requests that are good, nearly good and bad: each an example with one field changed, at the field's bounds. */
final class OpenApiValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String ANYTHING = """
            [null, true, "", " ", "x", "a\\u0001b", "with an \\u00e9 in it, and long", -1, 0, 1, 2.5, [], ["x"],
             {}, {"x":"y"}, {"1":"911234500000"}, {"field":"text","op":"keyword","value":"stop"}, ["10.1.0.0/16"],
             "https://erp.example.com/sms", "PT5S", "2026-06-12T14:32:00.000Z", "2026-06-12T14:32:00"]""";

    private final OpenApiDocument document;

    OpenApiValues(OpenApiDocument document) {
        this.document = document;
    }

    /** The example with each of its fields left out, and with each possible field set to each candidate. */
    Set<ObjectNode> around(JsonNode schema, ObjectNode example) {
        Set<ObjectNode> bodies = new LinkedHashSet<>();
        example.fieldNames()
                .forEachRemaining(name -> bodies.add(example.deepCopy().without(name)));
        document.fields(schema).forEach((name, field) -> {
            for (JsonNode value : candidates(field, example.path(name))) {
                bodies.add(example.deepCopy().set(name, value));
            }
            JsonNode parts = document.follow(field);
            if (parts.has("properties")) {
                for (ObjectNode inner : around(parts, JSON.objectNode())) {
                    bodies.add(example.deepCopy().set(name, inner));
                }
            }
        });
        return bodies;
    }

    private List<JsonNode> candidates(JsonNode field, JsonNode example) {
        List<JsonNode> values = new ArrayList<>();
        OpenApiDocument.json(ANYTHING).forEach(values::add);
        if (document.follow(field).path("type").asText().equals("object")) {
            return values; // the bounds are those of its fields
        }
        document.all("minLength", field).forEach(least -> {
            values.add(text(least.intValue() - 1));
            values.add(text(least.intValue()));
        });
        document.all("maxLength", field).forEach(most -> {
            values.add(text(most.intValue()));
            values.add(text(most.intValue() + 1));
            values.add(url(most.intValue()));
            values.add(url(most.intValue() + 1));
        });
        for (String word : List.of("minimum", "maximum")) {
            document.all(word, field).forEach(bound -> {
                values.add(bound);
                values.add(number(bound, -1));
                values.add(number(bound, 1));
            });
        }
        document.all("enum", field).forEach(allowed -> allowed.forEach(values::add));
        document.all("maxItems", field).forEach(most -> {
            if (example.isArray()) {
                values.add(copies(example.path(0), most.intValue()));
                values.add(copies(example.path(0), most.intValue() + 1));
            }
        });
        return values;
    }

    private static JsonNode text(int length) {
        return JSON.textNode("x".repeat(length));
    }

    private static JsonNode url(int length) {
        String start = "https://erp.example.com/";
        return JSON.textNode(start + "x".repeat(Math.max(0, length - start.length())));
    }

    private static JsonNode number(JsonNode bound, int step) {
        return bound.isIntegralNumber()
                ? JSON.numberNode(bound.intValue() + step)
                : JSON.numberNode(bound.doubleValue() * (1 + step * 0.1));
    }

    private static ArrayNode copies(JsonNode item, int n) {
        ArrayNode array = JSON.arrayNode(n);
        for (int i = 0; i < n; i++) {
            array.add(item);
        }
        return array;
    }

    /** For messages: long values cut short. */
    static String brief(Object value) {
        String text = value.toString().replaceAll("(x{20})x+", "$1…");
        return text.length() > 500 ? text.substring(0, 500) + "…" : text;
    }
}
