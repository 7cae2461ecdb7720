package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** A single HTTP status, such as 302, or a class of statuses, such as {@code 2xx}. */
public record Statuses(int from, int to) {

    static final Statuses OK = new Statuses(200, 299);
    private static final int LOWEST = 200;
    private static final int HIGHEST = 599;

    static final String FORM =
            "must be a status from " + LOWEST + " to " + HIGHEST + " as a number, or a class such as \"2xx\"";
    private static final Pattern CLASS = Pattern.compile("[2-5]xx");

    static Optional<Statuses> of(JsonNode json) {
        if (json.isTextual() && CLASS.matcher(json.textValue()).matches()) {
            int first = (json.textValue().charAt(0) - '0') * 100;
            return Optional.of(new Statuses(first, first + 99));
        }
        int status = json.isIntegralNumber() && json.canConvertToInt() ? json.intValue() : 0;
        return status < LOWEST || status > HIGHEST ? Optional.empty() : Optional.of(new Statuses(status, status));
    }

    boolean has(int status) {
        return status >= from && status <= to;
    }

    /** Returns it as it is written in JSON. */
    @JsonValue
    Object shown() {
        return from == to ? (Object) from : from / 100 + "xx";
    }

    @Override
    public String toString() {
        return shown().toString();
    }
}
