package com.mobileapiconnect.bridge.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A few pairs of texts that a tenant attaches to a thing of its own and gets back with it; the bridge never reads them. */
public final class Metadata {

    public static final String NAME = "metadata";
    private static final int MOST = 16;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_VALUE = 256;
    private static final JsonMapper JSON = new JsonMapper();

    private Metadata() {}

    /** Reads the field {@code metadata}; in the order in which the pairs were given. */
    public static Map<String, String> read(Fields fields) {
        Fields pairs = fields.object(NAME);
        if (pairs == null) {
            return Map.of();
        }
        if (pairs.names().size() > MOST) {
            fields.wrong(NAME, "must have at most " + MOST + " pairs");
            return Map.of();
        }
        Map<String, String> read = new LinkedHashMap<>();
        for (String key : pairs.names()) {
            JsonNode node = pairs.raw(key);
            String value = node instanceof Written number ? number.written() : node == null ? null : node.textValue();
            if (!isText(key) || key.isEmpty() || Fields.tooLong(key, LONGEST_KEY) != null) {
                fields.wrong(
                        NAME, "has a key that is not 1 to " + LONGEST_KEY + " characters without control characters");
            } else if (value == null || !isText(value) || Fields.tooLong(value, LONGEST_VALUE) != null) {
                pairs.wrong(
                        key, "must be a string of at most " + LONGEST_VALUE + " characters without control characters");
            } else {
                read.put(key, value);
            }
        }
        return Collections.unmodifiableMap(read);
    }

    /** No database keeps NUL or half of a character. */
    private static boolean isText(String text) {
        return !Fields.hasControls(text)
                && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    /** Returns the pairs as a column holds them; null if there are none. */
    public static @Nullable String column(Map<String, String> metadata) {
        try {
            return metadata.isEmpty() ? null : JSON.writeValueAsString(metadata);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Pairs of texts are always JSON", e);
        }
    }

    /** Returns the pairs of a column. */
    public static Map<String, String> of(@Nullable String column) {
        try {
            return column == null
                    ? Map.of()
                    : Collections.unmodifiableMap(
                            JSON.readValue(column, new TypeReference<LinkedHashMap<String, String>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A column of metadata is not an object of texts", e);
        }
    }
}
