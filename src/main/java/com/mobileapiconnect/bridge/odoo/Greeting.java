package com.mobileapiconnect.bridge.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The things that an Odoo has said of itself: how it is called, who the login is, and the fields.
 *
 * @param uid    of the login, in JSON-RPC
 * @param fields by their names
 */
record Greeting(Api api, long uid, JsonNode fields) {

    /** Returns the types of the fields, by their names. */
    Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        fields.properties()
                .forEach(field ->
                        types.put(field.getKey(), field.getValue().path("type").asText("char")));
        return types;
    }
}
