package com.mobileapiconnect.bridge.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.PropertyRules;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Refuses a database without the user who would log in to it, and a mapping of the key. */
@Component
class TrytonRules implements PropertyRules {

    @Override
    public String connector() {
        return "tryton-record";
    }

    @Override
    public void check(JsonNode properties, HttpOptions http, BiConsumer<String, String> wrong) {
        if (!(http.auth() instanceof HttpOptions.Auth.Basic)) {
            wrong.accept("database", "needs http.auth of the type basic: the user and password that log in to it");
        }
        String key = properties.path("key").asText(TrytonSettings.CODE);
        if (!properties.has("fields") && key.equals("name")) {
            wrong.accept("key", "is the field that has the message unless fields says otherwise: give fields, too");
        } else if (properties.path("fields").has(key)) {
            wrong.accept("fields." + key, "is the key, which gets the id of the delivery: leave it out");
        }
    }
}
