package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.PropertyRules;
import java.util.function.BiConsumer;

/**
 * Refuses names of a message in links to other records: those are addresses, and nothing that an SMS says may be a part of
 * an address.
 */
record LinkRules(String connector) implements PropertyRules {

    /** The end of the name of a field that is a link. */
    static final String BIND = "@odata.bind";

    @Override
    public void check(JsonNode properties, HttpOptions http, BiConsumer<String, String> wrong) {
        links(properties.path("fields"), "fields", wrong);
    }

    private static void links(JsonNode fields, String path, BiConsumer<String, String> wrong) {
        fields.properties().forEach(field -> {
            String name = path + "." + field.getKey();
            if (field.getKey().endsWith(BIND) && field.getValue().toString().contains("{{")) {
                wrong.accept(name, "must not have names in it: it is the address of a record, such as /contacts(<id>)");
            }
            links(field.getValue(), name, wrong);
        });
        if (fields.isArray()) {
            for (int i = 0; i < fields.size(); i++) {
                links(fields.get(i), path + "[" + i + "]", wrong);
            }
        }
    }
}
