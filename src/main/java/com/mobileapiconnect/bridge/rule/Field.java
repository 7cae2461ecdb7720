package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.message.Folding;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.rule.Subject.View;
import java.util.Arrays;

/** The fields of a message that a predicate can name; {@link Op} says which operators apply to each. */
enum Field implements WireName {
    TEXT("text"),
    FROM("from"),
    TO("to"),
    DEVICE("device"),
    SIM("sim"),
    RECEIVED_AT("receivedAt");

    static final String NAMES = WireName.list(Arrays.asList(values()));

    private final String wireName;

    Field(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    boolean isNumber() {
        return this == FROM || this == TO;
    }

    boolean isIn(InboundMessage message) {
        return switch (this) {
            case TO -> message.to() != null;
            case SIM -> message.sim() != null;
            case TEXT, FROM, DEVICE, RECEIVED_AT -> true;
        };
    }

    /** Returns the field as the phone sent it, for explanations; of a text the beginning, because each leaf shows it. */
    JsonNode of(InboundMessage message) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (this) {
            case TEXT -> json.textNode(beginning(message.text()));
            case FROM -> json.textNode(message.from());
            case TO -> message.to() == null ? json.nullNode() : json.textNode(message.to());
            case DEVICE -> json.textNode(message.deviceId());
            case SIM ->
                message.sim() == null
                        ? json.nullNode()
                        : json.numberNode(message.sim().intValue());
            case RECEIVED_AT -> json.textNode(WireTime.format(message.receivedAt()));
        };
    }

    private static String beginning(String text) {
        int most = InboundMessage.ORDINARY_TEXT;
        boolean all = text.length() <= most || text.codePointCount(0, text.length()) <= most;
        return all ? text : text.substring(0, text.offsetByCodePoints(0, most));
    }

    /** Returns the form of the message that this field's string operators compare. */
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

    /** Returns the form that {@code equals} and {@code in} compare, without what is not seen around a text. */
    View trimmedView(boolean caseSensitive) {
        return this != TEXT ? view(caseSensitive) : caseSensitive ? View.TRIMMED : View.TRIMMED_FOLDED;
    }

    /** Converts an operand of a rule into the form of {@link #view}. */
    String operand(String value, boolean caseSensitive) {
        return switch (this) {
            case TEXT -> caseSensitive ? Folding.nfc(value) : Folding.fold(value);
            case FROM, TO -> PhoneNumber.key(value);
            case DEVICE, SIM, RECEIVED_AT -> value;
        };
    }
}
