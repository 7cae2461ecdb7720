package com.mobileapiconnect.bridge.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.PropertyRules;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Refuses what could never be called, and mappings that an import does not take. */
@Component
class OdooRules implements PropertyRules {

    private static final Pattern FIELD = Pattern.compile("[a-z_][a-z0-9_]{0,62}(?:/(?:\\.?id|[a-z_][a-z0-9_]{0,62}))?");

    @Override
    public String connector() {
        return "odoo-record";
    }

    @Override
    public void check(JsonNode properties, HttpOptions http, BiConsumer<String, String> wrong) {
        if (http.auth() != null) {
            wrong.accept("apiKey", "is the whole login: leave http.auth out, which would not be sent");
        }
        boolean needsLogin = properties.path("api").asText().equals("json-rpc");
        if (needsLogin && properties.path("login").asText("").isBlank()) {
            wrong.accept("login", "must be given with the api json-rpc");
        }
        properties.path("fields").properties().forEach(field -> {
            JsonNode value = field.getValue();
            String path = "fields." + field.getKey();
            if (field.getKey().equals("id") || !FIELD.matcher(field.getKey()).matches()) {
                wrong.accept(path, "is no field that can be imported: names are like phone, team_id or team_id/.id");
            } else if (value.isArray() || (value.isObject() && !value.has("value"))) {
                wrong.accept(path, "must be one value: an import takes no records below the record");
            }
        });
    }
}
