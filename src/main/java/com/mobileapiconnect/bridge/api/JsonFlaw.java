package com.mobileapiconnect.bridge.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/** Says why a body is not valid JSON, in the parser's words but without its internals. */
public final class JsonFlaw {

    private static final String FIRST_OF_GZIP = "Illegal character ((CTRL-CHAR, code 31))";

    private JsonFlaw() {}

    /** Returns whether a body has more tokens than its reader takes. */
    static boolean isTooMuch(JacksonException e) {
        return e instanceof StreamConstraintsException
                && String.valueOf(e.getOriginalMessage()).startsWith("Token count");
    }

    public static String of(JacksonException e) {
        String message = e.getOriginalMessage();
        if (e instanceof StreamConstraintsException) {
            return "nested too deeply, or a number or name is too long";
        } else if (message == null) {
            return "unreadable";
        } else if (message.startsWith("Trailing token")) {
            return "unexpected text after its end";
        } else if (message.startsWith(FIRST_OF_GZIP) && isAtTheBeginning(e)) {
            return "it looks compressed by gzip; send it as it is, without Content-Encoding";
        }
        // The parser puts its classes and switches into backticks.
        int inside = message.indexOf('`');
        return inside < 0 ? message : message.substring(0, inside).replaceFirst("(: enable| for| \\(?from)? *$", "");
    }

    private static boolean isAtTheBeginning(JacksonException e) {
        return e.getLocation() != null
                && e.getLocation().getLineNr() == 1
                && e.getLocation().getColumnNr() <= 2;
    }
}
