package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of the system that a connection writes into, and what it gets.
 *
 * @param field     its name there
 * @param value     a text with names of a message in it
 * @param as        the kind; empty for a text
 * @param otherwise the value where there is none, as it was typed
 * @param json      what the other columns cannot say; null if they can
 */
record MappingRow(
        String field,
        String value,
        String as,
        String format,
        String zone,
        String max,
        String match,
        String otherwise,
        @Nullable String json) {

    static final MappingRow EMPTY = new MappingRow("", "", "", "", "", "", "", "", null);
    static final List<String> KINDS = List.of("", "string", "number", "integer", "boolean", "date", "datetime");
    static final List<String> NAMES = List.of(
            "{{from}}",
            "{{to}}",
            "{{text}}",
            "{{ref}}",
            "{{receivedAt}}",
            "{{tenantName}}",
            "{{messageId}}",
            "{{deliveryId}}",
            "{{deviceId}}",
            "{{sim}}",
            "{{matchedRuleId}}",
            "{{match.1}}");

    private static final int MOST = 200;

    static List<MappingRow> of(JsonNode mapping) {
        List<MappingRow> rows = new ArrayList<>();
        mapping.properties().forEach(each -> rows.add(of(each.getKey(), each.getValue())));
        return rows;
    }

    private static MappingRow of(String field, JsonNode given) {
        MappingRow row = given.isTextual()
                ? new MappingRow(field, given.asText(), "", "", "", "", "", "", null)
                : new MappingRow(
                        field,
                        given.path("value").asText(),
                        given.path("as").asText(),
                        given.path("format").asText(),
                        given.path("zone").asText(),
                        given.path("max").asText(),
                        given.path("match").asText(),
                        given.path("default").asText(),
                        null);
        // What would not be written as it was read is shown as it was read.
        return row.written().equals(given)
                ? row
                : new MappingRow(field, "", "", "", "", "", "", "", given.toPrettyString());
    }

    /** Reads the rows that were typed. */
    static List<MappingRow> of(Form form, String name) {
        List<MappingRow> rows = new ArrayList<>();
        for (int i = 0; i < MOST && form.fields().containsKey(name + "." + i + ".field"); i++) {
            String at = name + "." + i + ".";
            rows.add(new MappingRow(
                    form.get(at + "field"),
                    form.raw(at + "value"),
                    form.get(at + "as"),
                    form.raw(at + "format"),
                    form.get(at + "zone"),
                    form.get(at + "max"),
                    form.raw(at + "match"),
                    form.raw(at + "default"),
                    form.fields().containsKey(at + "json") ? form.raw(at + "json") : null));
        }
        return rows;
    }

    /** Changes rows as a button says: {@code more:} and the property's name, or {@code less:} with a row's number. */
    static List<MappingRow> changed(List<MappingRow> rows, String name, String order) {
        List<MappingRow> changed = new ArrayList<>(rows);
        if (order.equals("more:" + name)) {
            changed.add(EMPTY);
        } else if (order.matches("less:\\Q" + name + "\\E:\\d{1,3}")) {
            int row = Integer.parseInt(order.substring(order.lastIndexOf(':') + 1));
            if (row < changed.size()) {
                changed.remove(row);
            }
        }
        return changed;
    }

    static ObjectNode json(List<MappingRow> rows) {
        ObjectNode mapping = Answer.JSON.createObjectNode();
        rows.stream().filter(row -> !row.field.isEmpty()).forEach(row -> mapping.set(row.field, row.written()));
        return mapping;
    }

    /** Returns whether there is more to it than a text. */
    boolean typed() {
        return !(as + format + zone + max + match + otherwise).isEmpty();
    }

    private JsonNode written() {
        if (json != null) {
            return tree(json);
        } else if (!typed()) {
            return JsonNodeFactory.instance.textNode(value);
        }
        ObjectNode typed = Answer.JSON.createObjectNode().put("value", value);
        put(typed, "match", match);
        put(typed, "as", as);
        put(typed, "format", format);
        put(typed, "zone", zone);
        if (!max.isEmpty()) {
            typed.set("max", max.matches("\\d{1,9}") ? number(max) : text(max));
        }
        if (!otherwise.isEmpty()) {
            boolean plain = as.isEmpty() || as.equals("string") || as.startsWith("date");
            typed.set("default", plain ? text(otherwise) : tree(otherwise));
        }
        return typed;
    }

    private static void put(ObjectNode typed, String name, String value) {
        if (!value.isEmpty()) {
            typed.put(name, value);
        }
    }

    private static JsonNode number(String typed) {
        return JsonNodeFactory.instance.numberNode(new BigDecimal(typed).intValueExact());
    }

    private static JsonNode text(String typed) {
        return JsonNodeFactory.instance.textNode(typed);
    }

    private static JsonNode tree(String typed) {
        try {
            return Answer.JSON.readTree(typed);
        } catch (JsonProcessingException e) {
            return text(typed);
        }
    }
}
