package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.PropertyRules;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Refuses the session of a company without the user who would log in to it. */
@Component
class ODataRules implements PropertyRules {

    @Override
    public String connector() {
        return "odata4-entity";
    }

    @Override
    public void check(JsonNode properties, HttpOptions http, BiConsumer<String, String> wrong) {
        boolean logsIn = !properties.path("companyDb").asText("").isBlank();
        if (logsIn && !(http.auth() instanceof HttpOptions.Auth.Basic)) {
            wrong.accept("companyDb", "needs http.auth of the type basic: the user and password that log in to it");
        }
    }
}
