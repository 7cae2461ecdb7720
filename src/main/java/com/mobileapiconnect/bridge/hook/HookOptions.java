package com.mobileapiconnect.bridge.hook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of a beginning like {@code hook:orders?methods=POST&key={{route.orders-key}}}.
 *
 * @param methods that are served
 * @param key     that callers have to bring; null: everybody may call
 */
record HookOptions(String name, List<String> methods, byte @Nullable [] key) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");
    private static final int SHORTEST_KEY = 16;

    /** Takes the options out of the parameters. Throws an {@link IllegalArgumentException} that says what is wrong. */
    static HookOptions of(String name, Map<String, Object> parameters) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "hook: is followed by a name of a-z, 0-9 and -, which is its path behind /hooks/, not by " + name);
        }
        Object methods = parameters.remove("methods");
        Object key = parameters.remove("key");
        if (!parameters.isEmpty()) {
            String unknown = String.join(", ", parameters.keySet());
            parameters.clear();
            throw new IllegalArgumentException("hook: has no option " + unknown + "; it takes methods and key");
        }
        return new HookOptions(name, methods(methods == null ? "POST" : methods.toString()), key(key));
    }

    private static List<String> methods(String written) {
        List<String> methods = List.of(written.split(","));
        if (!METHODS.containsAll(methods)) {
            throw new IllegalArgumentException("hook: takes as methods some of GET,POST,PUT,DELETE, not " + written);
        }
        return methods;
    }

    private static byte @Nullable [] key(@Nullable Object written) {
        if (written == null) {
            return null;
        } else if (written.toString().length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("The key of hook: has to have " + SHORTEST_KEY + " characters or more");
        }
        return written.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns whether a caller with this header may come in. */
    boolean admits(@Nullable String authorization) {
        if (key == null) {
            return true;
        }
        String scheme = "Bearer ";
        return authorization != null
                && authorization.startsWith(scheme)
                && MessageDigest.isEqual(
                        authorization.substring(scheme.length()).strip().getBytes(StandardCharsets.UTF_8), key);
    }
}
