package com.mobileapiconnect.bridge.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/** What is wrong with a body that should be JSON, for whoever sent it: in the parser's words, without its insides. */
public final class JsonFlaw {

    private JsonFlaw() {}

    public static String of(JacksonException e) {
        String message = e.getOriginalMessage();
        if (e instanceof StreamConstraintsException) {
            return "it is nested too deep, or a number or a name in it is too long";
        } else if (message == null) {
            return "it cannot be read";
        } else if (message.startsWith("Trailing token")) {
            return "something follows after its end";
        }
        // Classes and switches of the parser stand in backticks, with what the switches would do.
        int inside = message.indexOf('`');
        return inside < 0 ? message : message.substring(0, inside).replaceFirst("(: enable| for| \\(?from)? *$", "");
    }
}
