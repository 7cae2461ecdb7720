package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;

/** Rules for the properties of a connector beyond its schema; asked when they are set, once the schema is content. */
public interface PropertyRules {

    /** Returns the name of the connector. */
    String connector();

    /**
     * Looks at properties.
     *
     * @param properties that are not secret, without the schema's defaults
     * @param http       the options of the calls
     * @param wrong      receives the path of a property within them, and the fault, without any of the values
     */
    void check(JsonNode properties, HttpOptions http, BiConsumer<String, String> wrong);
}
