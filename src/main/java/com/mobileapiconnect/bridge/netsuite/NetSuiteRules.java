package com.mobileapiconnect.bridge.netsuite;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.PropertyRules;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Refuses credentials that would have no effect: NetSuite takes neither passwords nor the secrets of clients. */
@Component
class NetSuiteRules implements PropertyRules {

    @Override
    public String connector() {
        return "netsuite-record";
    }

    @Override
    public void check(JsonNode properties, HttpOptions http, BiConsumer<String, String> wrong) {
        if (http.auth() != null) {
            wrong.accept(
                    properties.has("clientId") ? "clientId" : "consumerKey",
                    "and the properties with it are the login of NetSuite; leave http.auth out");
        }
    }
}
