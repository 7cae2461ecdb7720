package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.server.Contract;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JSON Schema of the configuration file, made of the requests of the OpenAPI document: a field of a connection is the same
 * field in the file, so it is described once.
 */
final class ConfigSchema {

    private static final String COMPONENTS = "#/components/schemas/";
    private static final String DEFINITIONS = "#/$defs/";
    /** A schema that holds beside the others, which the document keeps from generators of clients. */
    private static final String CONDITION = "x-condition";

    private static final String PLACEHOLDER = "Placeholder";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Parts of a schema that are about names or conditions, which no placeholder stands for. */
    private static final Set<String> NO_VALUES = Set.of("propertyNames", "if", "not", "examples", "default");

    private final JsonNode openApi;
    private final ObjectNode definitions = JSON.objectNode();
    private final Deque<String> wanted = new ArrayDeque<>();

    private ConfigSchema(JsonNode openApi) {
        this.openApi = openApi;
    }

    static JsonNode make() {
        return new ConfigSchema(Contract.read()).file();
    }

    private JsonNode file() {
        ObjectNode file = JSON.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "Configuration of a tenant of ERP Bridge")
                .put("type", "object")
                .put("additionalProperties", false);
        ObjectNode parts = file.putObject("properties");
        parts.putObject("version").put("const", Configurations.VERSION);
        parts.set("webhook", of("/v1/webhooks", "put"));
        parts.set("operations", of("/v1/webhooks/operations", "put"));
        parts.set("guards", guards());
        list(parts, Part.DEVICES, "/v1/devices");
        list(parts, Part.KEYS, "/v1/keys");
        list(parts, Part.CONNECTIONS, "/v1/connections");
        list(parts, Part.RULES, "/v1/rules");
        define();
        file.set("$defs", definitions);
        return file;
    }

    private void list(ObjectNode parts, Part part, String path) {
        ObjectNode list = parts.putObject(part.wireName());
        list.put("type", "array").set("items", of(path, "post"));
    }

    private JsonNode body(String path, String method) {
        return openApi.path("paths").path(path).path(method).at("/requestBody/content/application~1json/schema");
    }

    private JsonNode of(String path, String method) {
        return inFile(body(path, method));
    }

    /** Both settings of SMS are one part of the file. */
    private JsonNode guards() {
        ObjectNode guards = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = guards.putObject("properties");
        for (String path : List.of("/v1/sms-settings", "/v1/opt-out-words")) {
            JsonNode body = body(path, "put");
            JsonNode schema = body.has("$ref") ? component(body.get("$ref").asText()) : body;
            schema.path("properties")
                    .properties()
                    .forEach(property -> properties.set(property.getKey(), inFile(property.getValue())));
        }
        return guards;
    }

    private JsonNode component(String reference) {
        return openApi.at(reference.substring(1));
    }

    /** Adds the schemas that are named, and those that they name. */
    private void define() {
        definitions
                .putObject(PLACEHOLDER)
                .put("type", "string")
                .put("pattern", "\\$\\{(env|file):[^{}]*\\}")
                .put("description", "A value of the bridge's machine, in the file of BRIDGE_CONFIG_FILE alone.");
        definitions
                .putObject("ConnectionId")
                .put("type", "string")
                .put("description", "The id or the name of a connection in this file.");
        for (String name = wanted.poll(); name != null; name = wanted.poll()) {
            if (!definitions.has(name)) {
                definitions.putNull(name); // it may name itself
                definitions.set(name, inFile(component(COMPONENTS + name)));
            }
        }
    }

    private JsonNode inFile(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            ObjectNode copy = copied(object);
            return takesPlaceholder(copy) ? widened(copy) : copy;
        } else if (schema instanceof ArrayNode array) {
            ArrayNode copy = JSON.arrayNode();
            array.forEach(item -> copy.add(inFile(item)));
            return copy;
        }
        return schema;
    }

    private ObjectNode copied(ObjectNode schema) {
        ObjectNode copy = JSON.objectNode();
        for (Map.Entry<String, JsonNode> part : schema.properties()) {
            String name = part.getKey();
            if (name.equals("$ref") && part.getValue().asText().startsWith(COMPONENTS)) {
                String component = part.getValue().asText().substring(COMPONENTS.length());
                wanted.add(component);
                copy.put(name, DEFINITIONS + component);
            } else if (name.equals(CONDITION)) {
                copy.withArray("allOf").add(inFile(part.getValue()));
            } else if (name.equals("discriminator")) {
                continue; // for generators of clients alone
            } else if (name.equals("properties")) { // a property may have the name of a keyword
                ObjectNode properties = copy.putObject(name);
                part.getValue()
                        .properties()
                        .forEach(property -> properties.set(property.getKey(), inFile(property.getValue())));
            } else {
                copy.set(name, NO_VALUES.contains(name) ? part.getValue() : inFile(part.getValue()));
            }
        }
        return copy;
    }

    private static boolean takesPlaceholder(ObjectNode schema) {
        return isSecret(schema)
                || (mayBeText(schema.path("type"))
                        && (schema.has("pattern") || schema.has("format") || schema.has("minLength")));
    }

    private static boolean isSecret(JsonNode schema) {
        return schema.path("writeOnly").asBoolean();
    }

    private static boolean mayBeText(JsonNode type) {
        return type.asText().equals("string")
                || (type.isArray() && type.path(0).asText().equals("string"));
    }

    /** Takes a placeholder too and, where there is a secret, the {@code true} that keeps it. */
    private static ObjectNode widened(ObjectNode schema) {
        ObjectNode wide = JSON.objectNode();
        if (schema.has("description")) {
            wide.set("description", schema.get("description"));
        }
        ArrayNode forms = wide.putArray("anyOf").add(schema);
        forms.addObject().put("$ref", DEFINITIONS + PLACEHOLDER);
        if (isSecret(schema)) {
            forms.addObject()
                    .put("const", true)
                    .put("description", "There is a secret, which is kept, or has to be given later.");
        }
        return wide;
    }
}
