package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.rule.Subject.View;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What a predicate may look at, and which questions make sense about it. */
enum Field implements WireName {
    TEXT("text", Op.EQUALS, Op.CONTAINS, Op.STARTS_WITH, Op.ENDS_WITH, Op.KEYWORD, Op.REGEX, Op.IN, Op.EXISTS),
    FROM("from", Op.EQUALS, Op.CONTAINS, Op.STARTS_WITH, Op.ENDS_WITH, Op.REGEX, Op.IN, Op.EXISTS),
    TO("to", Op.EQUALS, Op.CONTAINS, Op.STARTS_WITH, Op.ENDS_WITH, Op.REGEX, Op.IN, Op.EXISTS),
    // Ids are opaque and slots are few: a part of one means nothing.
    DEVICE("device", Op.EQUALS, Op.IN, Op.EXISTS),
    SIM("sim", Op.EQUALS, Op.IN, Op.EXISTS),
    RECEIVED_AT("receivedAt", Op.BETWEEN, Op.EXISTS);

    static final String NAMES = WireName.list(Arrays.asList(values()));

    private final String wireName;

    @SuppressWarnings("ImmutableEnumChecker") // filled once, and never handed out
    private final Set<Op> ops;

    Field(String wireName, Op first, Op... others) {
        this.wireName = wireName;
        this.ops = EnumSet.of(first, others);
    }

    @Override
    public String wireName() {
        return wireName;
    }

    boolean allows(Op op) {
        return ops.contains(op);
    }

    String opNames() {
        return WireName.list(ops);
    }

    boolean isNumber() {
        return this == FROM || this == TO;
    }

    /** The form of the message that string questions about this field are asked of. */
    View view(boolean caseSensitive) {
        return switch (this) {
            case TEXT -> caseSensitive ? View.TEXT : View.TEXT_FOLDED;
            case FROM -> View.FROM;
            case TO -> View.TO;
            case DEVICE -> View.DEVICE;
            case SIM -> View.SIM;
            case RECEIVED_AT -> throw new IllegalStateException("A time is not compared as a string");
        };
    }

    /** Brings what a rule says into the form that {@link #view} has. */
    String operand(String value, boolean caseSensitive) {
        return switch (this) {
            case TEXT -> caseSensitive ? Folding.nfc(value) : Folding.fold(value);
            case FROM, TO -> PhoneNumber.key(value);
            case DEVICE, SIM, RECEIVED_AT -> value;
        };
    }
}
