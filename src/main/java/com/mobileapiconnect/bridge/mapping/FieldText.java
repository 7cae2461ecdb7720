package com.mobileapiconnect.bridge.mapping;

import com.mobileapiconnect.bridge.message.Graphemes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A text with names, parsed once; inserted values are never parsed. */
public final class FieldText {

    private static final int LONGEST_SHOWN = 40;

    private final String path;
    private final List<Part> parts;

    private record Part(String text, boolean isName) {

        @Nullable String in(Values values) {
            return isName ? values.get(text) : text;
        }
    }

    private FieldText(String path, List<Part> parts) {
        this.path = path;
        this.parts = parts;
    }

    /**
     * @param path of the field that has the text
     * @throws FlawedMappingException if it names what there is not
     */
    public static FieldText parse(String source, String path, Names names) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (int open = source.indexOf(names.open()); open >= 0; open = source.indexOf(names.open(), at)) {
            int close = source.indexOf(names.close(), open);
            if (close < 0) {
                throw new FlawedMappingException(path, "has " + names.open() + " without " + names.close());
            }
            String name = source.substring(open + names.open().length(), close).strip();
            if (!names.known().test(name)) {
                String shown = name.length() > LONGEST_SHOWN ? Graphemes.cut(name, LONGEST_SHOWN) + "…" : name;
                throw new FlawedMappingException(
                        path, "has the unknown name " + names.written(shown) + "; the names are " + names.list());
            }
            if (open > at) {
                parts.add(new Part(source.substring(at, open), false));
            }
            parts.add(new Part(name, true));
            at = close + names.close().length();
        }
        if (at < source.length() || parts.isEmpty()) {
            parts.add(new Part(source.substring(at), false));
        }
        return new FieldText(path, List.copyOf(parts));
    }

    /**
     * Returns null if it is a name alone and the message lacks it; in a longer text such a name leaves nothing.
     *
     * @throws CannotBeException if there is no room for it
     */
    @Nullable String in(Values values, Room room) {
        if (parts.size() > 1) {
            return in(values, UnaryOperator.identity(), room);
        }
        String text = parts.get(0).in(values);
        if (text != null) {
            room.take(path, text);
        }
        return text;
    }

    /** Returns the text with each value as {@code escaped} makes it: for texts that are syntax, such as XML. */
    public String in(Values values, UnaryOperator<String> escaped) {
        return in(values, escaped, new Room());
    }

    /**
     * Returns the text with each value as {@code escaped} makes it.
     *
     * @throws CannotBeException if there is no room for it
     */
    public String in(Values values, UnaryOperator<String> escaped, Room room) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            String value = part.in(values);
            if (value != null) {
                String written = part.isName() ? escaped.apply(value) : value;
                room.take(path, written); // before it is kept: a name may stand here a thousand times
                text.append(written);
            }
        }
        return text.toString();
    }
}
