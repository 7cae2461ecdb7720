package com.mobileapiconnect.bridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.function.BiConsumer;

/** Checks a tenant's mappings when they are set. */
public final class MappingCheck {

    private MappingCheck() {}

    /**
     * Checks each field of a mapping.
     *
     * @param wrong receives the path of a field within it, and the fault
     */
    public static void fields(JsonNode mapping, BiConsumer<String, String> wrong) {
        mapping.properties().forEach(field -> {
            try {
                FieldsMapping.parse(
                        JsonNodeFactory.instance.objectNode().set(field.getKey(), field.getValue()), MessageNames.ALL);
                values(field.getValue(), field.getKey(), wrong);
            } catch (FlawedMappingException e) {
                wrong.accept(e.field(), e.flaw());
            }
        });
    }

    private static void values(JsonNode part, String path, BiConsumer<String, String> wrong) {
        if (part.isObject() && part.has("value")) {
            String flaw = TypedField.neverFits(part);
            if (flaw != null) {
                wrong.accept(path, flaw);
            }
        } else if (part.isObject()) {
            part.properties().forEach(each -> values(each.getValue(), path + "." + each.getKey(), wrong));
        } else if (part.isArray()) {
            for (int i = 0; i < part.size(); i++) {
                values(part.get(i), path + "[" + i + "]", wrong);
            }
        }
    }

    /** Checks a text with names. */
    public static void text(String text, String path, BiConsumer<String, String> wrong) {
        try {
            FieldText.parse(text, path, MessageNames.ALL);
        } catch (FlawedMappingException e) {
            wrong.accept(path, e.flaw());
        }
    }
}
