package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mapping as it is stored and shown: in a form that can be given again. */
public final class MappingJson {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAME = "mapping";

    private MappingJson() {}

    public static @Nullable String toStore(@Nullable Mapping mapping) {
        return mapping == null ? null : of(mapping).toString();
    }

    /** Reads a stored mapping; one that is no longer valid counts as none, so that its device loads. */
    public static @Nullable Mapping stored(@Nullable String json) throws JsonProcessingException {
        if (json == null) {
            return null;
        }
        List<Problem.FieldError> errors = new ArrayList<>();
        ObjectNode device = JSON.createObjectNode();
        device.set(NAME, JSON.readTree(json));
        Mapping mapping = MappingFields.read(Fields.of(device, "", errors), NAME);
        return errors.isEmpty() ? mapping : null;
    }

    public static @Nullable JsonNode shown(@Nullable Mapping mapping) {
        return mapping == null ? null : of(mapping);
    }

    private static JsonNode of(Mapping mapping) {
        ObjectNode json = JSON.createObjectNode();
        for (String name : Mapping.FIELDS) {
            Mapping.Source source = mapping.fields().get(name);
            if (source != null) {
                json.set(name, of(source));
            }
        }
        Mapping.Signature signature = mapping.signature();
        if (signature != null) {
            json.set("signature", of(signature));
        }
        return json;
    }

    private static JsonNode of(Mapping.Source source) {
        ArrayNode places = JSON.createArrayNode();
        source.at().forEach(places::add);
        JsonNode at = places.size() == 1 ? places.get(0) : places;
        if (source.value() == null && source.as() == null) {
            return at;
        }
        ObjectNode json = JSON.createObjectNode();
        if (!places.isEmpty()) {
            json.set("at", at);
        }
        put(json, "value", source.value());
        put(json, "as", source.as());
        return json;
    }

    private static JsonNode of(Mapping.Signature signature) {
        ObjectNode json = JSON.createObjectNode();
        json.put(signature.isHeader() ? "header" : "parameter", signature.in());
        json.put("algorithm", signature.algorithm().wireName());
        json.put("encoding", signature.isBase64() ? "base64" : "hex");
        put(json, "prefix", signature.prefix().isEmpty() ? null : signature.prefix());
        json.put("signed", signature.signed());
        put(json, "timestamp", signature.timestamp());
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
