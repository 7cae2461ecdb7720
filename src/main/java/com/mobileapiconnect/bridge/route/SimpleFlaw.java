package com.mobileapiconnect.bridge.route;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what the language {@code simple} can do beyond reading a message: calling methods, and looking at the process. */
final class SimpleFlaw {

    private static final Pattern FUNCTION = Pattern.compile("\\$(?:simple)?\\{");
    private static final Pattern BEYOND = Pattern.compile(
            "^\\s*(bean[:.(]|type:|ref:|sys[:.]|sysenv[:.]|env[:.]|properties|propertiesExist|camelContext|exchange\\s*[.\\[]"
                    + "|routeId\\s*[.\\[]|camelId\\s*[.\\[]|file:.*\\(|header\\.Camel|bodyOneLine\\.)");
    private static final Pattern METHOD = Pattern.compile("[.?]\\s*[A-Za-z_$][\\w$]*\\s*\\(");
    /** {@code reveal} is what a secret in memory says itself by. */
    private static final Pattern REFLECTION = Pattern.compile("\\b(getClass|classLoader|class|reveal)\\b(?!\\s*=)");

    private SimpleFlaw() {}

    /** Returns what a text does that is not allowed; null for a harmless one. */
    static @Nullable String in(String text) {
        Matcher functions = FUNCTION.matcher(text);
        while (functions.find()) {
            String flaw = function(text, functions.end());
            if (flaw != null) {
                return flaw;
            }
        }
        return null;
    }

    /** Looks at one function; those in its arguments come by themselves. */
    private static @Nullable String function(String text, int from) {
        String inside = text.substring(from, end(text, from));
        Matcher inner = FUNCTION.matcher(inside);
        if (BEYOND.matcher(inside).find()) {
            return "${" + inside + "} looks beyond the message, which a route may not";
        } else if (METHOD.matcher(inside).find() || REFLECTION.matcher(inside).find()) {
            return "${" + inside + "} calls a method, which a route may not";
        } else if (inner.find() && !isArgument(inside.substring(0, inner.start()))) {
            return "${" + inside + "} makes a name of a message, which a route may not";
        }
        return null;
    }

    /** Returns where a function ends: behind those inside of it. */
    private static int end(String text, int from) {
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (open == 0) {
                return i;
            }
        }
        return text.length();
    }

    /** Returns whether what follows is an argument of a function, as in {@code replace(a,b,}, and no part of a name. */
    private static boolean isArgument(String before) {
        return before.chars().filter(c -> c == '(').count()
                > before.chars().filter(c -> c == ')').count();
    }
}
