package com.mobileapiconnect.bridge.route;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place at the end of a text that somebody is typing. An unfinished text is often no YAML, so the place is read off
 * the indentation of the lines above it.
 *
 * @param path    of the thing that is typed, from the outside: names of keys, and {@code -} for an entry of a list
 * @param key     whose value is typed; null where the name of a key is typed
 * @param typed   the part of the name or value that is there already
 * @param present names that stand above it in the same mapping
 * @param uri     the endpoint whose {@code parameters} it is in; empty elsewhere
 */
record RouteCursor(List<String> path, @Nullable String key, String typed, Set<String> present, String uri) {

    static final String ENTRY = "-";

    private static final Pattern DASHES = Pattern.compile("^( *)((?:- +)*)(-?)");
    private static final Pattern PAIR = Pattern.compile("^([A-Za-z][\\w.-]*):(?: +(.*))?$");
    private static final String PARAMETERS = "parameters";

    /** A key or the beginning of an entry, at its column; a value is null for an entry and empty where it follows below. */
    private record Part(int column, String name, @Nullable String value) {
        boolean isEntry() {
            return name.equals(ENTRY);
        }
    }

    /** Returns null inside a comment or a text of several lines, where there is nothing to complete. */
    static @Nullable RouteCursor at(String before) {
        String[] lines = before.split("\n", -1);
        String last = lines[lines.length - 1];
        Matcher dashes = dashes(last);
        int column = dashes.end();
        String rest = last.substring(column);
        if (rest.startsWith("#") || rest.contains(" #")) {
            return null;
        }
        Matcher pair = PAIR.matcher(rest.stripTrailing().endsWith(":") ? rest.stripTrailing() : rest);
        boolean inValue = pair.matches() && rest.length() > pair.group(1).length() + 1;
        if (!inValue && rest.contains(":")) {
            return null;
        }
        Climb climb = new Climb(column);
        List<Part> entries = entries(last, dashes);
        for (int i = entries.size() - 1; i >= 0; i--) {
            climb.meet(entries.get(i));
        }
        for (int i = lines.length - 2; i >= 0 && !climb.within; i--) {
            List<Part> parts = parts(lines[i]);
            for (int j = parts.size() - 1; j >= 0; j--) {
                climb.meet(parts.get(j));
            }
        }
        if (climb.within) {
            return null;
        }
        String value = inValue && pair.group(2) != null ? pair.group(2) : "";
        return new RouteCursor(
                List.copyOf(climb.path),
                inValue ? pair.group(1) : null,
                inValue ? value : rest,
                Set.copyOf(climb.present),
                climb.uri);
    }

    private static Matcher dashes(String line) {
        Matcher dashes = DASHES.matcher(line);
        if (!dashes.lookingAt()) {
            throw new IllegalStateException("Each part of it may be empty");
        }
        return dashes;
    }

    private static List<Part> entries(String line, Matcher dashes) {
        List<Part> entries = new ArrayList<>();
        for (int i = dashes.end(1); i < dashes.end(); i++) {
            if (line.charAt(i) == '-') {
                entries.add(new Part(i, ENTRY, null));
            }
        }
        return entries;
    }

    private static List<Part> parts(String line) {
        Matcher dashes = dashes(line);
        List<Part> parts = entries(line, dashes);
        Matcher pair = PAIR.matcher(line.substring(dashes.end()).stripTrailing());
        if (pair.matches()) {
            parts.add(new Part(dashes.end(), pair.group(1), pair.group(2) == null ? "" : pair.group(2)));
        }
        return parts;
    }

    /** Goes up from line to line, to whatever is around the place. */
    private static final class Climb {
        private final Deque<String> path = new ArrayDeque<>();
        private final Set<String> present = new HashSet<>();
        private int column;
        private boolean fromEntry;
        private boolean within;
        private String uri = "";

        Climb(int column) {
            this.column = column;
        }

        void meet(Part part) {
            if (part.isEntry()) {
                if (part.column < column) {
                    path.addFirst(ENTRY);
                    column = part.column;
                    fromEntry = true;
                }
            } else if (part.column < column || (fromEntry && part.column == column)) {
                within = within || isText(part);
                path.addFirst(part.name);
                column = part.column;
                fromEntry = false;
            } else if (part.column == column) {
                beside(part);
            }
        }

        private static boolean isText(Part part) {
            return part.value != null && !part.value.isEmpty() && !part.value.startsWith("#");
        }

        private void beside(Part part) {
            if (path.isEmpty()) {
                present.add(part.name);
            } else if (part.name.equals("uri") && PARAMETERS.equals(path.peekFirst()) && part.value != null) {
                uri = part.value;
            }
        }
    }
}
