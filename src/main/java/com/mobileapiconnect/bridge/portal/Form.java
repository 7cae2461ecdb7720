package com.mobileapiconnect.bridge.portal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form, as a browser writes them into a query or a body.
 *
 * @param files those that were chosen, by the names of their fields
 */
record Form(Map<String, List<String>> fields, Map<String, byte[]> files) {

    Form(Map<String, List<String>> fields) {
        this(fields, Map.of());
    }

    static Form of(@Nullable String written) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        if (written != null) {
            for (String part : written.split("&")) {
                int end = part.indexOf('=');
                if (end > 0) {
                    fields.computeIfAbsent(decoded(part.substring(0, end)), first -> new ArrayList<>())
                            .add(decoded(part.substring(end + 1)));
                }
            }
        }
        return new Form(fields);
    }

    /** Decodes a part; one that cannot be decoded stays as it was written, and the API says what is wrong with it. */
    private static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return encoded;
        }
    }

    /** Returns a field without the blanks around it; empty if it is not there. */
    String get(String name) {
        return raw(name).strip();
    }

    /** Returns a field exactly as it was typed, but with plain line ends; empty if it is not there. */
    String raw(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0).replace("\r\n", "\n");
    }

    boolean has(String name) {
        return !get(name).isEmpty();
    }

    /** Returns the lines of a field that are not blank, without the blanks around them. */
    List<String> lines(String name) {
        return raw(name)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }
}
