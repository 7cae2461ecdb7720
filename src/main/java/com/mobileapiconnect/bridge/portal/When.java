package com.mobileapiconnect.bridge.portal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times that people give in a search, in their own zone. */
final class When {

    private static final DateTimeFormatter OF_THE_API =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private When() {}

    /**
     * Returns the time from which on the search finds, as the API writes it; null where none is given. Text that is
     * no time is returned as it was typed: the API says so, and nobody takes all for what a period was to choose.
     */
    static @Nullable String since(Form search) {
        return time(search.get("since"), 0, zone(search));
    }

    /** Returns the time before which the search finds; a day alone is meant whole. */
    static @Nullable String until(Form search) {
        return time(search.get("until"), 1, zone(search));
    }

    /** Returns a time as its field takes it; a day alone begins or ends then. */
    static String shown(String given, String then) {
        return given.length() == 10 ? given + "T" + then : given;
    }

    private static ZoneId zone(Form search) {
        try {
            return search.has("zone") ? ZoneId.of(search.get("zone")) : ZoneOffset.UTC;
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    private static @Nullable String time(String given, int daysLater, ZoneId zone) {
        if (given.isEmpty()) {
            return null;
        }
        try {
            LocalDateTime time = given.length() > 10
                    ? LocalDateTime.parse(given)
                    : LocalDate.parse(given).plusDays(daysLater).atStartOfDay();
            return OF_THE_API.format(time.atZone(zone));
        } catch (DateTimeException e) {
            return given;
        }
    }
}
