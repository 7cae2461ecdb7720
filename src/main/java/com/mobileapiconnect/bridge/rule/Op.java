package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.message.WireName;

/** The questions a predicate may ask; {@link Field} says of what. */
enum Op implements WireName {
    EQUALS("equals"),
    CONTAINS("contains"),
    STARTS_WITH("startsWith"),
    ENDS_WITH("endsWith"),
    KEYWORD("keyword"),
    REGEX("regex"),
    IN("in"),
    BETWEEN("between"),
    EXISTS("exists");

    private final String wireName;

    Op(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
