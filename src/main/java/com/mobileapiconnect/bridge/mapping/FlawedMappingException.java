package com.mobileapiconnect.bridge.mapping;

/** A mapping that cannot be used: names the field and says what is wrong with it. */
public final class FlawedMappingException extends IllegalArgumentException {

    private final String field;
    private final String flaw;

    FlawedMappingException(String field, String flaw) {
        super("The field " + field + " " + flaw);
        this.field = field;
        this.flaw = flaw;
    }

    /** Returns the path of the field, like {@code address.lines[1]}. */
    public String field() {
        return field;
    }

    /** Returns what is wrong, in words that follow the name of the field. */
    public String flaw() {
        return flaw;
    }
}
