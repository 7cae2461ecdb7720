package com.mobileapiconnect.bridge.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.PropertyRules;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Refuses a mapping of the key, which gets the id of the delivery and nothing else. */
@Component
class SqlRules implements PropertyRules {

    @Override
    public String connector() {
        return "sql-insert";
    }

    @Override
    public void check(JsonNode properties, HttpOptions http, BiConsumer<String, String> wrong) {
        String key = properties.path("key").asText();
        properties.path("fields").fieldNames().forEachRemaining(name -> {
            if (name.equalsIgnoreCase(key)) {
                wrong.accept("fields." + name, "is the key, which gets the id of the delivery: leave it out");
            }
        });
    }
}
