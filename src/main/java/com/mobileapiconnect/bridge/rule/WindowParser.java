package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses {@code {"days":["MON"],"from":"09:00","to":"18:00","zone":"Asia/Kolkata"}}. */
public final class WindowParser {

    private static final Set<String> MEMBERS = Set.of("days", "from", "to", "zone");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])");
    private static final int MINUTES_PER_HOUR = 60;

    private final PredicateErrors problems;

    WindowParser(PredicateErrors problems) {
        this.problems = problems;
    }

    /**
     * Parses a window that stands alone; absent days are all.
     *
     * @param path   name of this member in the caller's JSON
     * @param errors receives the path of each invalid field, and how to correct it
     * @return empty if and only if {@code errors} received something
     */
    public static Optional<Window> parse(JsonNode json, String path, BiConsumer<String, String> errors) {
        return Optional.ofNullable(new WindowParser(new PredicateErrors(errors)).parse(json, path));
    }

    /** Returns null for an invalid window, after reporting the problem. */
    @Nullable Window parse(JsonNode json, String path) {
        if (!json.isObject()) {
            problems.add(
                    path,
                    "must be like {\"days\":[\"MON\"],\"from\":\"09:00\",\"to\":\"18:00\",\"zone\":\"Asia/Kolkata\"}");
            return null;
        }
        int before = problems.count();
        json.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                problems.unknown(path, name, "days, from, to and zone");
            }
        });
        Set<DayOfWeek> days = days(json.path("days"), path + ".days");
        int from = minute(json.path("from"), path + ".from");
        int to = minute(json.path("to"), path + ".to");
        ZoneId zone = zone(json.path("zone"), path + ".zone");
        return zone == null || problems.count() > before ? null : new Window(days, from, to, zone);
    }

    private Set<DayOfWeek> days(JsonNode json, String path) {
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (json.isMissingNode() || json.isNull()) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        if (!json.isArray() || json.isEmpty()) {
            problems.add(path, "must be a list of days such as [\"MON\",\"TUE\"]; omitted means every day");
            return days;
        }
        for (int i = 0; i < json.size(); i++) {
            DayOfWeek day = day(json.path(i).asText());
            if (day == null) {
                problems.add(path + "[" + i + "]", "must be one of MON, TUE, WED, THU, FRI, SAT, SUN");
            } else {
                days.add(day);
            }
        }
        return days;
    }

    private static @Nullable DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().substring(0, 3).equals(name)) {
                return day;
            }
        }
        return null;
    }

    private int minute(JsonNode json, String path) {
        Matcher matcher = TIME.matcher(json.asText());
        if (!json.isTextual() || !matcher.matches()) {
            problems.add(path, "must be a time of day like \"09:00\", from 00:00 to 23:59");
            return 0;
        }
        return Integer.parseInt(matcher.group(1)) * MINUTES_PER_HOUR + Integer.parseInt(matcher.group(2));
    }

    private @Nullable ZoneId zone(JsonNode json, String path) {
        if (json.isTextual()) {
            try {
                return ZoneId.of(json.textValue());
            } catch (DateTimeException e) {
                // Reported below, as for a value that is no text.
            }
        }
        problems.add(path, "must be a time zone like \"Asia/Kolkata\" or \"UTC\"");
        return null;
    }
}
