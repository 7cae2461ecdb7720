package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.message.Graphemes;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.WireTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with <code>{{names}}</code> that a message fills in. The text is parsed once, when the rule is written.
 * Inserted values are never parsed, so an SMS that itself says <code>{{text}}</code> stays as it is.
 */
public final class Template {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final String NAMES =
            "{{from}}, {{to}}, {{text}}, {{match.1}} (or another group), {{receivedAt}} and {{tenantName}}";
    private static final Pattern GROUP = Pattern.compile("match\\.(0|[1-9][0-9]?)");
    private static final int LONGEST_SHOWN = 40;

    private final String source;
    private final List<Part> parts;
    private final boolean hasGroups;

    private Template(String source, List<Part> parts) {
        this.source = source;
        this.parts = List.copyOf(parts);
        this.hasGroups = parts.stream().anyMatch(Group.class::isInstance);
    }

    /**
     * The values that fill a template.
     *
     * @param groups groups of the regular expression that matched: see {@link Predicate#groups}
     */
    record Values(InboundMessage message, String tenantName, List<@Nullable String> groups) {}

    private interface Part {
        @Nullable String in(Values values);
    }

    /** Returns null for an invalid template, after telling {@code error} how to correct it. */
    public static @Nullable Template parse(String source, Consumer<String> error) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (int open = source.indexOf(OPEN); open >= 0; open = source.indexOf(OPEN, at)) {
            int close = source.indexOf(CLOSE, open);
            if (close < 0) {
                error.accept("has {{ without }}; the names are " + NAMES);
                return null;
            }
            String name = source.substring(open + OPEN.length(), close).strip();
            Part part = variable(name);
            if (part == null) {
                String shown = name.length() > LONGEST_SHOWN ? Graphemes.cut(name, LONGEST_SHOWN) + "…" : name;
                error.accept("has the unknown name {{" + shown + "}}; the names are " + NAMES);
                return null;
            }
            literal(parts, source.substring(at, open));
            parts.add(part);
            at = close + CLOSE.length();
        }
        literal(parts, source.substring(at));
        return new Template(source, parts);
    }

    private static void literal(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(values -> text);
        }
    }

    private record Group(int n) implements Part {
        @Override
        public @Nullable String in(Values values) {
            return n < values.groups().size() ? values.groups().get(n) : null;
        }
    }

    private static @Nullable Part variable(String name) {
        Matcher group = GROUP.matcher(name);
        if (group.matches()) {
            return new Group(Integer.parseInt(group.group(1)));
        }
        return switch (name) {
            case "from" -> values -> values.message().from();
            case "to" -> values -> values.message().to();
            case "text" -> values -> values.message().text();
            case "receivedAt" -> values -> WireTime.format(values.message().receivedAt());
            case "tenantName" -> Values::tenantName;
            default -> null;
        };
    }

    /** Returns whether the template inserts a group of a regular expression. */
    boolean hasGroups() {
        return hasGroups;
    }

    /**
     * Renders the template. Values that the message lacks are left empty; the result ends at {@code max} characters.
     */
    String render(Values values, int max) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            String text = part.in(values);
            if (text != null) {
                out.append(text);
            }
            if (out.length() > max) {
                return Graphemes.cut(out.toString(), max);
            }
        }
        return out.toString();
    }

    /** Returns the text as written. */
    @Override
    public String toString() {
        return source;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Template template && source.equals(template.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }
}
