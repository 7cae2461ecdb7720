package com.mobileapiconnect.bridge.trial;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of a route's text. Camel counts a step from the beginning of its options: it is a line off for one that has
 * them in braces.
 */
record TextLines(List<String> lines) {

    static final TextLines UNKNOWN = new TextLines(List.of());

    static TextLines of(String text) {
        return new TextLines(text.lines().toList());
    }

    /**
     * Returns the line of a step, from 1; 0 if it is not known.
     *
     * @param counted as Camel has it
     */
    int of(String kind, int counted) {
        if (counted > 0 && is(counted + 1, kind, "\\{") && !is(counted, kind, "(#|$)")) {
            return counted + 1;
        }
        return Math.max(0, counted);
    }

    private boolean is(int line, String kind, String rest) {
        return line <= lines.size()
                && Pattern.compile("^[\\s-]*['\"]?" + Pattern.quote(kind) + "['\"]?\\s*:\\s*" + rest)
                        .matcher(lines.get(line - 1))
                        .find();
    }
}
