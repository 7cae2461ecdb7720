package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.message.WireName;

/** The kinds of resources. */
public enum ResourceKind implements WireName {
    DATABASE("database", "database"),
    KAFKA("kafka", "broker"),
    FOLDER("folder", "folder");

    private final String wireName;
    private final String property;

    ResourceKind(String wireName, String property) {
        this.wireName = wireName;
        this.property = property;
    }

    /** Returns the property by which a connection names one, and what a connector says that it needs. */
    public String property() {
        return property;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
