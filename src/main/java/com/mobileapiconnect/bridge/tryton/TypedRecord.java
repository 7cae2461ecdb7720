package com.mobileapiconnect.bridge.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.tryton.FieldTypes.Asked;
import com.mobileapiconnect.bridge.tryton.FieldTypes.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes a record of mapped fields, each as its type wants it. A list of objects makes records below it.
 *
 * @param types answers what the fields of a model are; of one that it does not know the value stays as it is
 */
record TypedRecord(Function<Asked, Map<String, Field>> types) {

    private static final String CREATE = "create";

    ObjectNode of(String model, JsonNode fields) {
        List<String> names = new ArrayList<>();
        fields.fieldNames().forEachRemaining(names::add);
        Map<String, Field> known = types.apply(Asked.of(model, names));
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        fields.properties().forEach(each -> {
            Field field = known.get(each.getKey());
            record.set(each.getKey(), field == null ? each.getValue() : value(field, each.getValue()));
        });
        return record;
    }

    private JsonNode value(Field field, JsonNode value) {
        if (!value.isArray() || field.relation().isEmpty()) {
            return TypedValue.of(value, field.type());
        }
        ArrayNode actions = JsonNodeFactory.instance.arrayNode();
        ArrayNode made = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : value) {
            if (each.isObject()) {
                made.add(of(field.relation(), each));
            } else if (each.path(0).asText().equals(CREATE)) {
                each.path(1).forEach(record -> made.add(record.isObject() ? of(field.relation(), record) : record));
            } else {
                actions.add(each);
            }
        }
        if (!made.isEmpty()) {
            actions.addArray().add(CREATE).add(made);
        }
        return actions;
    }
}
