package com.mobileapiconnect.bridge.api;

import com.mobileapiconnect.bridge.setting.Nearest;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Knows the query parameters that a handler takes, from the handler's own declaration, and refuses every other one: a
 * misspelt filter must not find everything. The query is read here, because the server looks for parameters in the body
 * as well, and leaves out those that it cannot decode.
 */
@Component
public class QueryParameters {

    private static final int MOST_ERRORS = 20;
    private static final int LONGEST_NAME = 64;

    private final Map<Method, Set<String>> byHandler = new ConcurrentHashMap<>();

    /** Throws a 422 {@link Problem} unless each parameter is one of the handler's, is there once, and has a value. */
    public void check(Method handler, HttpServletRequest request) {
        String query = request.getQueryString();
        if (query == null || query.isEmpty()) {
            return;
        }
        Set<String> known = byHandler.computeIfAbsent(handler, QueryParameters::declaredBy);
        List<Problem.FieldError> errors = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String part : query.split("&")) {
            if (!part.isEmpty() && errors.size() < MOST_ERRORS) {
                int end = part.indexOf('=') < 0 ? part.length() : part.indexOf('=');
                String written = part.substring(0, end);
                String name = Objects.requireNonNullElse(decoded(written), written);
                String wrong = wrong(name, decoded(part.substring(Math.min(end + 1, part.length()))), known, seen);
                if (wrong != null) {
                    errors.add(new Problem.FieldError(cut(name), wrong));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    static Set<String> declaredBy(Method handler) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : handler.getParameters()) {
            if (parameter.getType() == Page.Request.class) {
                names.addAll(Page.Request.PARAMETERS);
            } else if (parameter.isAnnotationPresent(RequestParam.class)) {
                names.add(parameter.getName());
            }
        }
        return names;
    }

    private static @Nullable String wrong(String name, @Nullable String value, Set<String> known, Set<String> seen) {
        if (!known.contains(name)) {
            return unknown(name, known);
        } else if (!seen.add(name)) {
            return "is there more than once";
        } else if (value == null) {
            return "cannot be read: a value is UTF-8 without NUL, and what a URL cannot have is written %XX";
        } else if (value.isEmpty()) {
            return "must have a value; leave it out if you do not need it";
        }
        return null;
    }

    private static String unknown(String name, Set<String> known) {
        if (known.isEmpty()) {
            return "is unknown; this request takes no parameters in its URL";
        }
        Optional<String> meant =
                known.stream().filter(name::equalsIgnoreCase).findFirst().or(() -> Nearest.to(name, known));
        return "is unknown"
                + meant.map(nearest -> "; did you mean " + nearest + "?").orElse("")
                + (meant.isPresent() ? " This" : "; this") + " request takes " + String.join(", ", known);
    }

    /** Returns null for what is no text in UTF-8. */
    private static @Nullable String decoded(String encoded) {
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                if (i + 2 >= encoded.length()
                        || !HexFormat.isHexDigit(encoded.charAt(i + 1))
                        || !HexFormat.isHexDigit(encoded.charAt(i + 2))) {
                    return null;
                }
                bytes[length++] = (byte) HexFormat.fromHexDigits(encoded, i + 1, i + 3);
                i += 2;
            } else if (c > '~') {
                return null;
            } else {
                bytes[length++] = (byte) (c == '+' ? ' ' : c);
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
            return text.indexOf('\0') < 0 ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }
}
