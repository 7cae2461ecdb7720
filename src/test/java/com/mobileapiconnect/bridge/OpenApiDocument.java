package com.mobileapiconnect.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The OpenAPI document as it is served, and what values are by it. */
final class OpenApiDocument {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            Dialect.builder(Dialects.getDraft202012())
                    .keyword(new NonValidationKeyword("components"))
                    .keyword(new NonValidationKeyword("discriminator"))
                    .keyword(new NonValidationKeyword("x-condition"))
                    .build(),
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final JsonNode root;
    private final Map<JsonNode, Schema> compiled = new HashMap<>();

    OpenApiDocument(JsonNode root) {
        this.root = root;
    }

    JsonNode at(String pointer) {
        return root.at(pointer);
    }

    /** All there are, by name: {@code GET /v1/devices/{id}}. */
    Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        root.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(member -> METHODS.contains(member.getKey()))
                .forEach(member -> operations.put(
                        member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), member.getValue())));
        return operations;
    }

    JsonNode operation(String name) {
        JsonNode operation = operations().get(name);
        if (operation == null) {
            throw new AssertionError("Not in the document: " + name);
        }
        return operation;
    }

    /** The name of the operation that answers a request: a literal path before one with an id. */
    String operationOf(String method, String path) {
        String plain = path.replaceFirst("\\?.*", "");
        return operations().keySet().stream()
                .filter(name -> name.startsWith(method + " "))
                .filter(name ->
                        plain.matches(name.substring(method.length() + 1).replaceAll("\\{\\w+}", "[^/]+")))
                .min((a, b) -> Boolean.compare(a.contains("{"), b.contains("{")))
                .orElseThrow(() -> new AssertionError("Not in the document: " + method + " " + path));
    }

    /** The names of an operation's parameters of a kind, those of its path included. */
    Set<String> parameters(String operation, String in) {
        JsonNode path = root.path("paths").path(operation.substring(operation.indexOf(' ') + 1));
        Set<String> names = new TreeSet<>();
        Stream.of(path, operation(operation))
                .flatMap(holder -> items(holder.path("parameters")))
                .map(this::follow)
                .filter(parameter -> parameter.path("in").asText().equals(in))
                .forEach(parameter -> names.add(parameter.path("name").asText()));
        return names;
    }

    /** The name of the security scheme; empty when it needs no key. */
    String scheme(String operation) {
        return items(operation(operation).path("security"))
                .flatMap(key -> key.properties().stream())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining());
    }

    /** The scopes of which a tenant's key needs one; none where no such key is taken. */
    Set<String> scopes(String operation) {
        return items(operation(operation).path("x-scopes"))
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The fields that a schema names, with those of the schemas it is made of. */
    Map<String, JsonNode> fields(JsonNode schema) {
        JsonNode here = follow(schema);
        Map<String, JsonNode> fields = new TreeMap<>();
        Stream.of("allOf", "anyOf")
                .flatMap(word -> items(here.path(word)))
                .forEach(part -> fields.putAll(fields(part)));
        here.path("properties").properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    /** What stands behind a word anywhere in a schema, and in those that it refers to. */
    Set<JsonNode> all(String word, JsonNode schema) {
        Set<JsonNode> parts = new LinkedHashSet<>(Set.of(schema));
        for (Deque<JsonNode> left = new ArrayDeque<>(parts); !left.isEmpty(); ) {
            left.pop().findValues("$ref").stream()
                    .map(this::pointed)
                    .filter(parts::add)
                    .forEach(left::push);
        }
        return parts.stream().flatMap(part -> part.findValues(word).stream()).collect(Collectors.toSet());
    }

    JsonNode follow(JsonNode node) {
        return node.has("$ref") && node.size() == 1 ? follow(pointed(node.path("$ref"))) : node;
    }

    private JsonNode pointed(JsonNode ref) {
        JsonNode target = root.at(ref.asText().substring(1));
        if (target.isMissingNode()) {
            throw new AssertionError("Leads nowhere: " + ref);
        }
        return target;
    }

    /** What is wrong with a value by one of the document's schemas; nothing when it is valid. */
    List<String> errors(JsonNode schema, JsonNode value) {
        return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .toList();
    }

    /** Whether a field that has to be a time to come is one that has passed. */
    boolean isOver(JsonNode schema, JsonNode value) {
        return fields(schema).entrySet().stream()
                .filter(field -> follow(field.getValue()).path("x-future").asBoolean())
                .map(field -> value.path(field.getKey()).asText())
                .anyMatch(time ->
                        time.matches("\\d{4}-.*Z") && Instant.parse(time).isBefore(Instant.now()));
    }

    List<String> headerErrors(JsonNode schema, String text) {
        boolean number = schema.path("type").asText().equals("integer") && text.matches("[0-9]{1,18}");
        return errors(schema, number ? json(text) : TextNode.valueOf(text));
    }

    /** As the one schema of a document that has the others at the same place, so that references lead there. */
    private Schema compile(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.putArray("allOf").add(schema);
        whole.set("components", root.path("components"));
        return SCHEMAS.getSchema(withConditions(whole));
    }

    /** Takes an {@code x-condition}, which generators need not understand, as a part of its schema. */
    private static JsonNode withConditions(ObjectNode whole) {
        ObjectNode strict = whole.deepCopy();
        strict.findParents("x-condition")
                .forEach(parent -> ((ObjectNode) parent).putArray("allOf").add(parent.path("x-condition")));
        return strict;
    }

    /** Every part of the document that gives examples: media types have named ones, schemas a list. */
    List<JsonNode> holdersOfExamples() {
        return Stream.of("paths", "webhooks", "components/schemas", "components/responses")
                .flatMap(part -> root.at("/" + part).findParents("examples").stream())
                .toList();
    }

    List<JsonNode> examples(JsonNode holder) {
        JsonNode examples = holder.path("examples");
        return items(examples)
                .map(example -> examples.isArray() ? example : follow(example).path("value"))
                .toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
