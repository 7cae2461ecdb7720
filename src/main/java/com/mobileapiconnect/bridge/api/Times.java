package com.mobileapiconnect.bridge.api;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads times as callers write them: ISO-8601 with an offset, kept to the millisecond, within the years 1970 to 9998.
 */
public final class Times {

    /** Says how a time is written; completes a sentence that begins with the field. */
    public static final String FORM = "must be an ISO-8601 time with an offset, such as \"2026-06-12T14:32:00.000Z\"";

    /** A time whose {@code +} came as a space, which it is in a URL; nothing else has one there. */
    private static final Pattern LOST_PLUS = Pattern.compile("[^ ]+T[^ ]+ \\d{2}(:?\\d{2}){0,2}");

    private static final String PLUS = "; its + came as a space: in a URL a + is written %2B";

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private Times() {}

    /** Returns null for an invalid time. */
    public static @Nullable Instant parse(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
            return time.isBefore(EARLIEST) || !time.isBefore(LATEST) ? null : time;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Returns the time of that many seconds since 1970; null for an invalid one. */
    public static @Nullable Instant ofSeconds(String seconds) {
        try {
            long count = Long.parseLong(seconds);
            return count < EARLIEST.getEpochSecond() || count >= LATEST.getEpochSecond()
                    ? null
                    : Instant.ofEpochSecond(count);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Reads a query parameter; an invalid one is a 422 {@link Problem}. */
    public static Instant parameter(String name, String text) {
        Instant time = parse(text);
        if (time == null) {
            throw Problem.invalid(name, LOST_PLUS.matcher(text).matches() ? FORM + PLUS : FORM);
        }
        return time;
    }
}
