package com.mobileapiconnect.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The schemas of an OpenAPI document, by their places: those with a name, and those that stand where they are used. */
final class OpenApiSchemas {

    private static final List<String> ONE = List.of("items", "additionalProperties", "propertyNames");
    private static final List<String> SEVERAL = List.of("anyOf", "oneOf");

    private final JsonNode root;
    private final Map<String, JsonNode> all = new LinkedHashMap<>();

    private OpenApiSchemas(JsonNode root) {
        this.root = root;
    }

    static Map<String, JsonNode> all(JsonNode root) {
        OpenApiSchemas schemas = new OpenApiSchemas(root);
        schemas.find("", root);
        root.at("/components/schemas")
                .properties()
                .forEach(named -> schemas.add("/components/schemas/" + named.getKey(), named.getValue()));
        return schemas.all;
    }

    /** Those that a caller's requests are read by: bodies and parameters, with all that they refer to. */
    static Map<String, JsonNode> ofRequests(JsonNode root) {
        OpenApiSchemas schemas = new OpenApiSchemas(root);
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(part -> {
                    String place = path.getKey() + " " + part.getKey();
                    if (part.getKey().equals("parameters")) {
                        schemas.find(place, part.getValue());
                    } else {
                        schemas.find(place, part.getValue().path("requestBody"));
                        schemas.find(place, part.getValue().path("parameters"));
                    }
                }));
        schemas.find("/components/parameters", root.at("/components/parameters"));
        Set<String> followed = new TreeSet<>();
        while (schemas.follow(followed)) {
            // each turn may find more
        }
        return schemas.all;
    }

    private boolean follow(Set<String> followed) {
        int before = all.size();
        for (JsonNode schema : List.copyOf(all.values())) {
            String ref = schema.path("$ref").asText();
            if (!ref.isEmpty() && followed.add(ref)) {
                add(ref.substring(1), root.at(ref.substring(1)));
            }
        }
        return all.size() > before;
    }

    /** What stands behind {@code schema} is one, except below {@code schemas}, {@code examples} and in schemas. */
    private void find(String place, JsonNode node) {
        node.properties().forEach(child -> {
            String at = place + "/" + child.getKey();
            if (child.getKey().equals("schema")) {
                add(at, child.getValue());
            } else if (!Set.of("schemas", "examples").contains(child.getKey())) {
                find(at, child.getValue());
            }
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            find(place + "/" + i, node.get(i));
        }
    }

    private void add(String place, JsonNode schema) {
        all.put(place, schema);
        schema.path("properties")
                .properties()
                .forEach(field -> add(place + "/properties/" + field.getKey(), field.getValue()));
        ONE.stream()
                .filter(word -> schema.path(word).isObject())
                .forEach(word -> add(place + "/" + word, schema.path(word)));
        for (String word : SEVERAL) {
            for (int i = 0; i < schema.path(word).size(); i++) {
                add(place + "/" + word + "/" + i, schema.path(word).get(i));
            }
        }
    }
}
