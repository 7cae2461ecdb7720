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
            } catch (FlawedMappingException e) {
                wrong.accept(e.field(), e.flaw());
            }
        });
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
