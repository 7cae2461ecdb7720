package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.api.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The placeholders of values in a file: {@code ${env:NAME}} and {@code ${file:/path}}. Only the operator's own file may say it:
 * a tenant must not read the environment and the files of the process. A second dollar sign makes it a text like any other.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("(\\$?)\\$\\{(env|file):([^{}]*)}");
    private static final Pattern BEGINNING = Pattern.compile("\\$\\{(?=(env|file):[^{}]*})");
    private static final int MOST_FAULTS = 20;

    private final Source source;
    private final List<Problem.FieldError> errors = new ArrayList<>();

    private Placeholders(Source source) {
        this.source = source;
    }

    /** Knows the values. */
    interface Source {

        /** Returns the value. Throws an {@link IllegalArgumentException} that says why there is none. */
        String value(String kind, String name);
    }

    /** Puts values in place of the placeholders. Throws a 422 {@link Problem} that names those without a value. */
    static void fill(JsonNode file, Source source) {
        Placeholders placeholders = new Placeholders(source);
        placeholders.in(file, "");
        if (!placeholders.errors.isEmpty()) {
            throw Problem.invalid(placeholders.errors);
        }
    }

    /** Throws a 422 {@link Problem} that names the placeholders of a file that must not have any. */
    static void refuse(JsonNode file) {
        fill(file, (kind, name) -> {
            throw new IllegalArgumentException(
                    "must be the value itself, or left out: ${" + kind + ":…} is looked up only"
                            + " in the file of BRIDGE_CONFIG_FILE; as a plain text write $${" + kind + ":…}");
        });
    }

    /** Returns maps, lists and scalars in which each text means itself. */
    static @Nullable Object escaped(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> escaped = new LinkedHashMap<>();
            map.forEach((key, inner) -> escaped.put(String.valueOf(key), escaped(inner)));
            return escaped;
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> escaped = new ArrayList<>();
            list.forEach(inner -> escaped.add(escaped(inner)));
            return escaped;
        }
        return value instanceof String text ? BEGINNING.matcher(text).replaceAll("\\$\\${") : value;
    }

    private void in(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            String prefix = path.isEmpty() ? "" : path + ".";
            object.properties().forEach(part -> part.setValue(filled(part.getValue(), prefix + part.getKey())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, filled(array.get(i), path + "[" + i + "]"));
            }
        }
    }

    private JsonNode filled(JsonNode node, String path) {
        if (node.isTextual() && node.textValue().contains("${")) {
            return TextNode.valueOf(filled(node.textValue(), path));
        }
        in(node, path);
        return node;
    }

    private String filled(String text, String path) {
        Matcher found = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (found.find()) {
            String value = found.group(1).isEmpty()
                    ? value(found.group(2), found.group(3), path)
                    : found.group().substring(1);
            found.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return found.appendTail(filled).toString();
    }

    private String value(String kind, String name, String path) {
        try {
            return source.value(kind, name);
        } catch (IllegalArgumentException e) {
            if (errors.size() < MOST_FAULTS) {
                errors.add(new Problem.FieldError(path, String.valueOf(e.getMessage())));
            }
            return "";
        }
    }
}
