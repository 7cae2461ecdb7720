package com.mobileapiconnect.bridge.rule;

import org.jspecify.annotations.Nullable;

/** The questions a predicate may ask; {@link Field} says of what. */
enum Op {
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

    static @Nullable Op named(String wireName) {
        for (Op op : values()) {
            if (op.wireName.equals(wireName)) {
                return op;
            }
        }
        return null;
    }

    String wireName() {
        return wireName;
    }
}
