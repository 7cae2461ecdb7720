package com.mobileapiconnect.bridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.PropertyRules;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Refuses a zone that is none, a second login, and a mapping of the field that gets the delivery's id. */
@Component
class FrappeRules implements PropertyRules {

    @Override
    public String connector() {
        return "erpnext-communication";
    }

    @Override
    public void check(JsonNode properties, HttpOptions http, BiConsumer<String, String> wrong) {
        if (http.auth() != null) {
            wrong.accept("apiKey", "is the whole login: leave http.auth out, which would not be sent");
        }
        String key = properties.path("key").asText("bridge_id");
        if (properties.path("fields").has(key)) {
            wrong.accept("fields." + key, "gets the delivery's id: leave it out");
        }
        if (properties.path("fields").has("doctype")) {
            wrong.accept("fields.doctype", "is the property docType: leave it out");
        }
        try {
            ZoneId.of(properties.path("zone").asText("UTC"));
        } catch (DateTimeException e) {
            wrong.accept("zone", "is no zone, like Asia/Kolkata");
        }
    }
}
