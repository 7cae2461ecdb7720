package com.mobileapiconnect.bridge.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the header Retry-After: seconds, or a date in one of the three forms of RFC 9110, 5.6.7. */
final class RetryAfter {

    private static final int YEARS_AHEAD = 50;
    private static final String DAY_NAME = "^(?i)(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +";

    private RetryAfter() {}

    /** Returns how long the receiver asks to wait, negative for a date that is past; null for anything else. */
    static @Nullable Duration parse(String text, Instant now) {
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return seconds(text);
        }
        String date = text.replaceFirst(DAY_NAME, "");
        for (DateTimeFormatter form : forms(now)) {
            try {
                return Duration.between(now, form.parse(date, Instant::from));
            } catch (DateTimeException e) {
                // the next form
            }
        }
        return null;
    }

    /** Takes a number that nothing can hold for the longest one that something can. */
    private static Duration seconds(String digits) {
        try {
            return Duration.ofSeconds(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
    }

    /** The second and the third are obsolete. Two digits of a year stand for one that is less than 50 years ahead. */
    private static DateTimeFormatter[] forms(Instant now) {
        int first = now.atOffset(ZoneOffset.UTC).getYear() - (100 - YEARS_AHEAD) + 1;
        return new DateTimeFormatter[] {
            DateTimeFormatter.RFC_1123_DATE_TIME,
            form().appendPattern("dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, first)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC),
            form().appendPattern("MMM ppd HH:mm:ss uuuu")
                    .toFormatter(Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC)
        };
    }

    private static DateTimeFormatterBuilder form() {
        return new DateTimeFormatterBuilder().parseCaseInsensitive();
    }
}
