package com.mobileapiconnect.bridge.route;

import org.jspecify.annotations.Nullable;

/**
 * A mistake in the text of a route.
 *
 * @param line   counts from 1, as {@code column} does; both are 1 for the text as a whole
 * @param hint   how to mend it, or the nearest name that exists; null when nothing is known
 */
public record RouteFault(
        int line, int column, String message, @Nullable String hint) {

    private static final int LONGEST = 400;

    static RouteFault at(Place place, String message, @Nullable String hint) {
        return new RouteFault(place.line(), place.column(), brief(message), hint);
    }

    static RouteFault of(String message, @Nullable String hint) {
        return at(Place.NOWHERE, message, hint);
    }

    private static String brief(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    /** A place in a text; both numbers count from 1. */
    record Place(int line, int column) {
        /** The place of a mistake of the text as a whole. */
        static final Place NOWHERE = new Place(1, 1);
    }

    /** Returns the fault in a line, for the log. */
    public String said() {
        return "line " + line + ", column " + column + ": " + message + (hint == null ? "" : " (" + hint + ")");
    }
}
