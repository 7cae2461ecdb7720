package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.message.WireName;

/** A part of a tenant's API that a key may be limited to. */
public enum Scope implements WireName {
    /** Every GET. */
    READ("read"),
    /** SMS to customers: sending them, asking after them, taking them back. */
    SEND("send"),
    /** Phones: pairing, changing and deleting them. */
    DEVICES("devices"),
    /** Rules and their dry runs. */
    RULES("rules"),
    /** All there is, keys included. */
    EVERYTHING("everything");

    private final String wireName;

    Scope(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
