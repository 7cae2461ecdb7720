package com.mobileapiconnect.bridge.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connector as a JSON Schema, draft 2020-12 or 7. The properties that the schema names are all there
 * are. A property with {@code "format":"password"} is a secret: text, and not inside another property. Properties
 * with {@code "format":"mapping"} or {@code "format":"template"} have names of a message as <code>{{from}}</code>.
 */
public final class PropertySchema {

    /** The schema of a connector without settings. */
    public static final PropertySchema NONE = of("{\"type\":\"object\",\"additionalProperties\":false}");

    private static final Set<String> DRAFTS =
            Set.of("", "https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema");
    private static final Set<String> ADDRESSES = Set.of("uri", "iri", "hostname", "idn-hostname", "ipv4", "ipv6");

    private final JsonNode json;
    private @Nullable SchemaCheck check;

    private PropertySchema(JsonNode json) {
        this.json = json;
    }

    /** @param json not to be changed afterwards */
    public static PropertySchema of(JsonNode json) {
        return new PropertySchema(json);
    }

    /** @param json the schema as text */
    public static PropertySchema of(String json) {
        try {
            return new PropertySchema(new JsonMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new BadConnectorException("A schema of properties is no JSON: " + e.getOriginalMessage());
        }
    }

    public JsonNode json() {
        return json;
    }

    /** Returns the names of all properties, in the schema's order. */
    public Set<String> names() {
        return json.path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns the names of the properties that are sealed and never shown. */
    public Set<String> secrets() {
        return ofFormat(Set.of("password"));
    }

    /** Returns the names of the properties that are addresses, to which secrets may be sent. */
    public Set<String> addresses() {
        return ofFormat(ADDRESSES);
    }

    /** Returns the names of the properties that map fields of the system to names of a message. */
    public Set<String> mappings() {
        return ofFormat(Set.of("mapping"));
    }

    /** Returns the names of the properties that are texts with names of a message. */
    public Set<String> templates() {
        return ofFormat(Set.of("template"));
    }

    /** Returns whether {@code outboundUrl} may have names of a message in it, said by {@code "x-url-names":true}. */
    public boolean hasNamesInUrl() {
        return json.path("x-url-names").asBoolean();
    }

    /** Returns the properties with the schema's defaults for those that are missing. */
    public JsonNode withDefaults(JsonNode given) {
        ObjectNode all = given.deepCopy();
        json.path("properties").properties().forEach(property -> {
            JsonNode otherwise = property.getValue().get("default");
            if (otherwise != null && !all.has(property.getKey())) {
                all.set(property.getKey(), otherwise);
            }
        });
        return all;
    }

    private Set<String> ofFormat(Set<String> formats) {
        return json.path("properties").properties().stream()
                .filter(property ->
                        formats.contains(property.getValue().path("format").asText()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Checks properties.
     *
     * @param wrong receives a path like {@code fields.name} and the fault, without any of the values
     */
    public void check(JsonNode properties, BiConsumer<String, String> wrong) {
        Set<String> names = names();
        Set<String> unknown = new HashSet<>();
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            if (!names.contains(property.getKey())) {
                unknown.add(property.getKey());
                wrong.accept(
                        property.getKey(),
                        "is unknown; this connector has " + (names.isEmpty() ? "none" : String.join(", ", names)));
            }
        }
        if (!names.isEmpty()) {
            compiled().check(properties, (path, message) -> {
                if (!unknown.contains(path)) {
                    wrong.accept(path, message);
                }
            });
        }
    }

    private synchronized SchemaCheck compiled() {
        if (check == null) {
            check = new SchemaCheck(json);
        }
        return check;
    }

    /** Returns why the schema cannot describe properties; loads the validator only for a schema that has some. */
    Optional<String> flaw() {
        if (!DRAFTS.contains(json.path("$schema").asText().replaceFirst("#$", ""))) {
            return Optional.of("$schema must be left out, or be draft 2020-12 or 7");
        }
        if (!json.path("type").asText().equals("object")) {
            return Optional.of("the schema's type must be object");
        }
        JsonNode properties = json.path("properties");
        if (!properties.isMissingNode() && !properties.isObject()
                || !properties.properties().stream().map(Map.Entry::getValue).allMatch(JsonNode::isObject)) {
            return Optional.of("the schema's properties must be an object of schemas");
        }
        for (String name : secrets()) {
            if (!properties.path(name).path("type").asText().equals("string")) {
                return Optional.of(name + " is a password, so its type must be string");
            }
        }
        if (passwords(json) != secrets().size()) {
            return Optional.of("a property of format password must not be inside another property, or behind $ref,"
                    + " allOf, anyOf or oneOf");
        }
        return names().isEmpty() ? Optional.empty() : unusable();
    }

    /** Returns why the schema cannot be compiled: here and now rather than in the first request. */
    private Optional<String> unusable() {
        try {
            compiled();
            return Optional.empty();
        } catch (RuntimeException e) {
            // The innermost message says it in the fewest words.
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return Optional.of(String.valueOf(cause.getMessage()));
        }
    }

    private static int passwords(JsonNode part) {
        int passwords = part.path("format").asText().equals("password") ? 1 : 0;
        for (JsonNode inner : part) {
            passwords += passwords(inner);
        }
        return passwords;
    }
}
