package com.mobileapiconnect.bridge.rule;

import static com.mobileapiconnect.bridge.rule.Field.DEVICE;
import static com.mobileapiconnect.bridge.rule.Field.FROM;
import static com.mobileapiconnect.bridge.rule.Field.RECEIVED_AT;
import static com.mobileapiconnect.bridge.rule.Field.SIM;
import static com.mobileapiconnect.bridge.rule.Field.TEXT;
import static com.mobileapiconnect.bridge.rule.Field.TO;

import com.mobileapiconnect.bridge.message.WireName;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The operators of predicates, each with the fields that it applies to. */
enum Op implements WireName {
    EQUALS("equals", TEXT, FROM, TO, DEVICE, SIM),
    // Ids are opaque and slots are few, so a part of either means nothing.
    CONTAINS("contains", TEXT, FROM, TO),
    STARTS_WITH("startsWith", TEXT, FROM, TO),
    ENDS_WITH("endsWith", TEXT, FROM, TO),
    KEYWORD("keyword", TEXT),
    REGEX("regex", TEXT, FROM, TO),
    IN("in", TEXT, FROM, TO, DEVICE, SIM),
    BETWEEN("between", RECEIVED_AT),
    EXISTS("exists", TEXT, FROM, TO, DEVICE, SIM, RECEIVED_AT);

    private final String wireName;

    @SuppressWarnings("ImmutableEnumChecker") // filled once, and never handed out
    private final Set<Field> fields;

    Op(String wireName, Field first, Field... others) {
        this.wireName = wireName;
        this.fields = EnumSet.of(first, others);
    }

    /** Returns the names of a field's operators, for error messages. */
    static String namesFor(Field field) {
        return WireName.list(
                Arrays.stream(values()).filter(op -> op.appliesTo(field)).toList());
    }

    @Override
    public String wireName() {
        return wireName;
    }

    boolean appliesTo(Field field) {
        return fields.contains(field);
    }
}
