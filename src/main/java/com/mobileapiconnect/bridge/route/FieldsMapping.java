package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON body with names in its texts. An object that has {@code value} is a typed field ({@link TypedField}); any other
 * object, and an array, is part of the body.
 */
final class FieldsMapping {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final String source;
    private final FieldPart part;

    private FieldsMapping(String source, FieldPart part) {
        this.source = source;
        this.part = part;
    }

    /** @throws IllegalArgumentException names the field and says what is wrong */
    static FieldsMapping parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isObject() && !json.isEmpty()) {
                return new FieldsMapping(text, whole(json, text));
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "Fields must be a JSON object; this is not JSON (" + e.getOriginalMessage() + "): " + text, e);
        }
        throw new IllegalArgumentException(
                "Fields must be a JSON object such as {\"number\":\"${from}\",\"note\":\"${text}\"}, not " + text);
    }

    private static FieldPart whole(JsonNode json, String text) {
        try {
            return object(json, "");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ". The fields are: " + text, e);
        }
    }

    private static FieldPart part(JsonNode json, String path) {
        if (json.isObject() && json.has("value")) {
            return TypedField.parse(json, path);
        } else if (json.isObject()) {
            return object(json, path + ".");
        } else if (json.isArray()) {
            List<FieldPart> items = new ArrayList<>();
            json.forEach(item -> items.add(part(item, path + "[" + items.size() + "]")));
            return names -> array(items, names);
        } else if (json.isTextual()) {
            FieldText text = FieldText.parse(json.textValue(), path);
            return names -> value(text.in(names));
        }
        return names -> json;
    }

    private static FieldPart object(JsonNode json, String path) {
        Map<String, FieldPart> fields = new LinkedHashMap<>();
        json.properties().forEach(each -> fields.put(each.getKey(), part(each.getValue(), path + each.getKey())));
        return names -> object(fields, names);
    }

    private static JsonNode value(@Nullable String text) {
        return text == null ? JsonNodeFactory.instance.nullNode() : JsonNodeFactory.instance.textNode(text);
    }

    private static ObjectNode object(Map<String, FieldPart> fields, FieldNames names) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, field) -> object.set(name, field.in(names)));
        return object;
    }

    private static ArrayNode array(List<FieldPart> items, FieldNames names) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> array.add(item.in(names)));
        return array;
    }

    JsonNode body(FieldNames names) {
        return part.in(names);
    }

    @Override
    public String toString() {
        return source;
    }
}
