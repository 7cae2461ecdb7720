package com.mobileapiconnect.bridge.config;

import com.mobileapiconnect.bridge.message.WireName;

/** A part of the configuration file, in the order in which parts are compared and written: later ones name earlier ones. */
public enum Part implements WireName {
    WEBHOOK("webhook"),
    OPERATIONS("operations"),
    GUARDS("guards"),
    DEVICES("devices"),
    KEYS("keys"),
    CONNECTIONS("connections"),
    RULES("rules");

    private final String wireName;

    Part(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the name in the file. */
    @Override
    public String wireName() {
        return wireName;
    }
}
