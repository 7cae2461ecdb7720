package com.mobileapiconnect.bridge.connector;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The bringer of a connector. */
public enum Kind {
    /** The bridge, or a plugin. */
    PRODUCT,
    /** An integrator: the connector is a file in the directory of connectors. */
    FILE;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
