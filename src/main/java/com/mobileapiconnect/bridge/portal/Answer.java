package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The API's answer to a {@link Call}.
 *
 * @param tag the version of what it shows, as its ETag has it without the quotes; empty for none
 */
record Answer(int status, JsonNode json, String tag) {

    /** Reads what the pages show, and leaves out what they do not. */
    static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final int FIRST_ERROR = 400;

    Answer(int status, JsonNode json) {
        this(status, json, "");
    }

    /** The API refused, or could not answer. */
    static final class Refused extends RuntimeException {

        private final Answer answer;

        Refused(Answer answer) {
            super(answer.detail(), null, false, false);
            this.answer = answer;
        }

        /** Refuses as the API would, by a status alone. */
        static Refused with(int status) {
            return new Refused(new Answer(status, MissingNode.getInstance()));
        }

        Answer answer() {
            return answer;
        }
    }

    /** @param type the content type; what is no JSON becomes a single text */
    static Answer of(int status, @Nullable String type, byte[] body) {
        if (type != null && !type.contains("json")) {
            return new Answer(status, JSON.getNodeFactory().textNode(new String(body, StandardCharsets.UTF_8)));
        }
        try {
            return new Answer(status, body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body));
        } catch (IOException e) {
            throw new IllegalStateException("The API answered no JSON", e);
        }
    }

    /** @param etag as the header has it; null for none */
    Answer tagged(@Nullable String etag) {
        return new Answer(status, json, etag == null ? "" : etag.replace("\"", ""));
    }

    boolean isGood() {
        return status < FIRST_ERROR;
    }

    Answer orThrow() {
        if (!isGood()) {
            throw new Refused(this);
        }
        return this;
    }

    /** Returns the object in the answer; throws {@link Refused} if there is an error in it. */
    <T> T as(Class<T> type) {
        return read(orThrow().json, type);
    }

    /** Returns the objects of a list. */
    <T> List<T> list(Class<T> type) {
        List<T> objects = new ArrayList<>();
        orThrow().json.path("data").forEach(each -> objects.add(read(each, type)));
        return objects;
    }

    /** Returns the cursor of the next part of a list; null at its end. */
    @Nullable String next() {
        return json.path("next").textValue();
    }

    /** Returns the object as it may be changed and sent back. */
    ObjectNode object() {
        return (ObjectNode) orThrow().json.deepCopy();
    }

    String text(String field) {
        return json.path(field).asText("");
    }

    String detail() {
        return text("detail");
    }

    /** Returns what is wrong with each field. */
    Map<String, String> errors() {
        Map<String, String> errors = new LinkedHashMap<>();
        json.path("errors")
                .forEach(each -> errors.put(
                        each.path("field").asText(), each.path("message").asText()));
        return errors;
    }

    private static <T> T read(JsonNode node, Class<T> type) {
        try {
            return JSON.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The API answered no " + type.getSimpleName(), e);
        }
    }
}
