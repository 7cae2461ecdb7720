package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The places of an SMS in the requests of an app that the bridge does not know, as a form and as the API has them. */
final class AppMapping {

    /** The app that has a mapping. */
    static final String APP = "http-json";

    /** The fields of an SMS in the order in which they are shown. */
    static final List<String> FIELDS = List.of("text", "from", "to", "receivedAt", "sim", "id");

    /** The fields that may be in another notation. */
    static final List<String> IN_A_FORM = List.of("text", "receivedAt");

    static final String SIGNATURE = "mapping.signature.";
    static final List<String> ALGORITHMS = List.of("hmac-sha256", "hmac-sha512", "hmac-sha1", "secret");
    static final List<String> ENCODINGS = List.of("hex", "base64");
    private static final List<String> OF_A_SIGNATURE =
            List.of("algorithm", "encoding", "prefix", "signed", "timestamp");

    private AppMapping() {}

    /** Returns the name of a field of the form. */
    static String field(String of, String part) {
        return "mapping." + of + "." + part;
    }

    /** @param mapping as the API shows it; null for none */
    static Form of(JsonNode mapping) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String name : FIELDS) {
            JsonNode given = mapping.path(name);
            fields.put(
                    field(name, "at"), List.of(String.join("\n", places(given.isObject() ? given.path("at") : given))));
            fields.put(field(name, "value"), List.of(given.path("value").asText("")));
            fields.put(field(name, "as"), List.of(given.path("as").asText("")));
        }
        JsonNode signature = mapping.path("signature");
        String in = signature.has("parameter") ? "parameter" : "header";
        fields.put(SIGNATURE + "in", List.of(in));
        fields.put(SIGNATURE + "name", List.of(signature.path(in).asText("")));
        OF_A_SIGNATURE.forEach(part ->
                fields.put(SIGNATURE + part, List.of(signature.path(part).asText(""))));
        return new Form(fields);
    }

    private static List<String> places(JsonNode at) {
        List<String> places = new ArrayList<>();
        if (at.isArray()) {
            at.forEach(each -> places.add(each.asText()));
        } else if (at.isTextual()) {
            places.add(at.asText());
        }
        return places;
    }

    /** Returns what the form says as the API takes it; null where nothing is filled in. */
    static @Nullable ObjectNode json(Form form) {
        ObjectNode mapping = Answer.JSON.createObjectNode();
        for (String name : FIELDS) {
            ObjectNode source = Answer.JSON.createObjectNode();
            List<String> places = form.lines(field(name, "at"));
            if (places.size() == 1) {
                source.put("at", places.get(0));
            } else if (!places.isEmpty()) {
                places.forEach(source.putArray("at")::add);
            }
            put(source, "value", form.get(field(name, "value")));
            put(source, "as", form.get(field(name, "as")));
            if (source.size() == 1 && source.has("at")) {
                mapping.set(name, source.get("at"));
            } else if (!source.isEmpty()) {
                mapping.set(name, source);
            }
        }
        if (form.has(SIGNATURE + "name")) {
            ObjectNode signature = mapping.putObject("signature");
            String in = form.get(SIGNATURE + "in").equals("parameter") ? "parameter" : "header";
            signature.put(in, form.get(SIGNATURE + "name"));
            OF_A_SIGNATURE.forEach(part -> put(signature, part, form.get(SIGNATURE + part)));
        }
        return mapping.isEmpty() ? null : mapping;
    }

    private static void put(ObjectNode into, String name, String value) {
        if (!value.isEmpty()) {
            into.put(name, value);
        }
    }
}
