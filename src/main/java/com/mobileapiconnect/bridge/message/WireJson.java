package com.mobileapiconnect.bridge.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The form of the JSON that receivers get: the one that JavaScript's {@code JSON.stringify} writes. Text is UTF-8, and
 * only what JSON has no other way to say is escaped. So who parses a body and writes it again has the same bytes.
 */
public final class WireJson {

    public static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();

    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,9}");
    private static final long LAST_INDEX = (1L << 32) - 2;

    private WireJson() {}

    /**
     * Returns fields in the order in which JavaScript has those of any object: first, by what they are worth, the names
     * that are whole numbers.
     */
    public static <V> Map<String, V> inOrder(Map<String, V> fields) {
        Map<String, V> ordered = new LinkedHashMap<>();
        fields.keySet().stream()
                .filter(name -> INDEX.matcher(name).matches() && Long.parseLong(name) <= LAST_INDEX)
                .sorted(Comparator.comparing(Long::valueOf))
                .forEach(name -> ordered.put(name, fields.get(name)));
        ordered.putAll(fields);
        return ordered;
    }
}
