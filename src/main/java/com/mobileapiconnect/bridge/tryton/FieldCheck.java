package com.mobileapiconnect.bridge.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Compares mapped fields with those of their models.
 *
 * @param definitions what a model says of its fields
 * @param faults      receives what is wrong
 */
record FieldCheck(Function<String, JsonNode> definitions, List<Fault> faults) {

    private static final Set<String> LISTS = Set.of("one2many", "many2many");
    /** Types whose values may be lists or objects. */
    private static final Set<String> STRUCTURED = Set.of("dict", "multiselection", "binary");

    private static final Set<String> TEXTS = Set.of("char", "text", "fulltext", "html");
    private static final Set<String> TIMES = Set.of("date", "datetime", "timestamp", "time");
    private static final String SELECTION = "selection";
    private static final int MOST_FAULTS = 20;

    void fields(JsonNode mapping, JsonNode known, String model) {
        mapping.properties().forEach(each -> {
            if (faults.size() < MOST_FAULTS) {
                field(each.getKey(), each.getValue(), known.path(each.getKey()), model);
            }
        });
    }

    private void field(String name, JsonNode mapped, JsonNode field, String model) {
        String of = "the model " + model;
        String type = field.path("type").asText();
        boolean isOne = mapped.isValueNode() || mapped.has("value");
        if (field.isMissingNode()) {
            faults.add(Fault.noField(name, "The model " + model));
        } else if (field.path("readonly").asBoolean()) {
            faults.add(Fault.readOnly(name, of));
        } else if (!STRUCTURED.contains(type) && (LISTS.contains(type) ? !mapped.isArray() : !isOne)) {
            faults.add(Fault.type(name, of, type));
        } else if (LISTS.contains(type)) {
            below(mapped, field.path("relation").asText());
        } else if (isOne && !fits(mapped, field, type)) {
            faults.add(Fault.type(name, of, type));
        }
    }

    private void below(JsonNode mapped, String model) {
        JsonNode known = null;
        for (JsonNode each : mapped) {
            for (JsonNode record : each.isObject() ? List.of(each) : each.path(1)) {
                if (record.isObject() && !record.has("value")) {
                    known = known == null ? definitions.apply(model) : known;
                    fields(record, known, model);
                }
            }
        }
    }

    private static boolean fits(JsonNode mapped, JsonNode field, String type) {
        JsonNode value = mapped.isObject() ? mapped.path("value") : mapped;
        String as = mapped.path("as").asText("string");
        if (TEXTS.contains(type) || value.isNull()) {
            return true;
        } else if (value.asText().contains("{{")) {
            // A text that people write is no time, and a number only if they write one.
            return !TIMES.contains(type)
                    || as.startsWith("date")
                    || value.asText().strip().equals("{{receivedAt}}");
        } else if (type.equals(SELECTION) && field.path(SELECTION).isArray()) {
            return options(field).contains(value.asText());
        }
        JsonNode typed = TypedValue.of(value, type);
        return typed != value || typed.isNumber() || typed.isBoolean() || !isTyped(type);
    }

    /** Returns whether a constant of this type is always made another by {@link TypedValue}. */
    private static boolean isTyped(String type) {
        return TIMES.contains(type)
                || Set.of("integer", "float", "numeric", "boolean").contains(type);
    }

    private static List<String> options(JsonNode field) {
        List<String> options = new ArrayList<>();
        field.path(SELECTION).forEach(each -> options.add(each.path(0).asText("")));
        return options;
    }
}
