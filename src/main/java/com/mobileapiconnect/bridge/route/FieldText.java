package com.mobileapiconnect.bridge.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text with names as <code>${from}</code>, parsed once; inserted values are never parsed. */
final class FieldText {

    private static final String OPEN = "${";

    private final List<Part> parts;

    private record Part(String text, boolean isName) {

        @Nullable String in(FieldNames names) {
            return isName ? names.get(text) : text;
        }
    }

    private FieldText(List<Part> parts) {
        this.parts = parts;
    }

    /** @throws IllegalArgumentException names the field, by its path, and says what is wrong */
    static FieldText parse(String source, String path) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (int open = source.indexOf(OPEN); open >= 0; open = source.indexOf(OPEN, at)) {
            int close = source.indexOf('}', open);
            String name = close < 0 ? "" : source.substring(open + OPEN.length(), close);
            if (!FieldNames.has(name)) {
                throw new IllegalArgumentException("The field " + path + " "
                        + (close < 0
                                ? "has ${ without }"
                                : "has the unknown name ${" + name + "}; the names are " + FieldNames.list()));
            }
            if (open > at) {
                parts.add(new Part(source.substring(at, open), false));
            }
            parts.add(new Part(name, true));
            at = close + 1;
        }
        if (at < source.length() || parts.isEmpty()) {
            parts.add(new Part(source.substring(at), false));
        }
        return new FieldText(List.copyOf(parts));
    }

    /** Returns null if it is a name alone and the message lacks it; in a longer text such a name leaves nothing. */
    @Nullable String in(FieldNames names) {
        if (parts.size() == 1) {
            return parts.get(0).in(names);
        }
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            String value = part.in(names);
            text.append(value == null ? "" : value);
        }
        return text.toString();
    }
}
