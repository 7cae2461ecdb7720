package com.mobileapiconnect.bridge.mapping;

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
public final class FieldsMapping {

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
    public static FieldsMapping parse(String text, Names names) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isObject() && !json.isEmpty()) {
                return new FieldsMapping(text, whole(json, text, names));
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "Fields must be a JSON object; this is not JSON (" + e.getOriginalMessage() + "): " + text, e);
        }
        throw new IllegalArgumentException("Fields must be a JSON object such as {\"number\":\"" + names.written("from")
                + "\",\"note\":\"" + names.written("text") + "\"}, not " + text);
    }

    /**
     * @param json an object: the mapping itself, not as text
     * @throws FlawedMappingException if it cannot be used
     */
    public static FieldsMapping parse(JsonNode json, Names names) {
        return new FieldsMapping(json.toString(), object(json, "", names));
    }

    private static FieldPart whole(JsonNode json, String text, Names names) {
        try {
            return object(json, "", names);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ". The fields are: " + text, e);
        }
    }

    private static FieldPart part(JsonNode json, String path, Names names) {
        if (json.isObject() && json.has("value")) {
            return TypedField.parse(json, path, names);
        } else if (json.isObject()) {
            return object(json, path + ".", names);
        } else if (json.isArray()) {
            List<FieldPart> items = new ArrayList<>();
            json.forEach(item -> items.add(part(item, path + "[" + items.size() + "]", names)));
            return (values, room) -> array(items, values, room);
        } else if (json.isTextual()) {
            FieldText text = FieldText.parse(json.textValue(), path, names);
            return (values, room) -> value(path, text.in(values, new Room()), room);
        }
        return (values, room) -> json;
    }

    private static FieldPart object(JsonNode json, String path, Names names) {
        Map<String, FieldPart> fields = new LinkedHashMap<>();
        json.properties()
                .forEach(each -> fields.put(each.getKey(), part(each.getValue(), path + each.getKey(), names)));
        return (values, room) -> object(fields, values, room);
    }

    private static JsonNode value(String path, @Nullable String text, Room room) {
        if (text == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        room.takeJson(path, text);
        return JsonNodeFactory.instance.textNode(text);
    }

    private static ObjectNode object(Map<String, FieldPart> fields, Values values, Room room) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, field) -> object.set(name, field.in(values, room)));
        return object;
    }

    private static ArrayNode array(List<FieldPart> items, Values values, Room room) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> array.add(item.in(values, room)));
        return array;
    }

    /** @throws CannotBeException if a value cannot be what its field has to be, or all together are too long */
    public ObjectNode body(Values values) {
        return (ObjectNode) part.in(values, new Room());
    }

    @Override
    public String toString() {
        return source;
    }
}
