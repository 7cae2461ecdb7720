package com.mobileapiconnect.bridge.route;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what the language {@code simple} can do beyond reading a message: calling methods, and looking at the process. */
final class SimpleFlaw {

    private static final Pattern FUNCTION = Pattern.compile("\\$(?:simple)?\\{([^}]*)");
    private static final Pattern BEYOND = Pattern.compile(
            "^\\s*(bean[:.(]|type:|ref:|sys[:.]|sysenv[:.]|env[:.]|properties|propertiesExist|camelContext|exchange\\s*[.\\[]"
                    + "|routeId\\s*[.\\[]|camelId\\s*[.\\[]|file:.*\\(|header\\.Camel|bodyOneLine\\.)");
    private static final Pattern METHOD = Pattern.compile("[.?]\\s*[A-Za-z_$][\\w$]*\\s*\\(");
    private static final Pattern REFLECTION = Pattern.compile("\\b(getClass|classLoader|class)\\b(?!\\s*=)");

    private SimpleFlaw() {}

    /** Returns what a text does that is not allowed; null for a harmless one. */
    static @Nullable String in(String text) {
        Matcher functions = FUNCTION.matcher(text);
        while (functions.find()) {
            String inside = functions.group(1);
            if (BEYOND.matcher(inside).find()) {
                return "${" + inside + "} looks beyond the message, which a route may not";
            } else if (METHOD.matcher(inside).find()
                    || REFLECTION.matcher(inside).find()) {
                return "${" + inside + "} calls a method, which a route may not";
            }
        }
        return null;
    }
}
