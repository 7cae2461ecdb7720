package com.mobileapiconnect.bridge.message;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads times as phones and their apps write them: ISO-8601 with or without an offset, with a blank for the T or a slash
 * for the hyphen, {@code 20260612143200}, or seconds, milliseconds, microseconds or nanoseconds since 1970; in digits of
 * any script. Kept to the millisecond.
 */
public final class PhoneTime {

    private static final Instant FIRST_SMS = Instant.parse("1992-12-03T00:00:00Z");
    private static final Duration MOST_AHEAD = Duration.ofDays(366);
    private static final int LONGEST = 64;
    private static final int DATE = 10;
    private static final int LEAP = 60;

    private static final Pattern WRITTEN = Pattern.compile(
            "(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?:[Tt]| +|, *)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?"
                    + " *(Z|z|UTC|(?:UTC|GMT)?(?:[-+]| (?=\\d{2}:))(\\d{1,2}):?(\\d{2})?(?::\\d{2})?|GMT)?(?:\\[[^]]*])?");
    private static final Pattern COMPACT =
            Pattern.compile("((?:19|20)\\d{2})(\\d{2})(\\d{2})[Tt]?(\\d{2})(\\d{2})(\\d{2})(?:[.,](\\d{1,9}))?(Z|z)?");
    private static final Pattern SINCE_1970 = Pattern.compile("\\d{1,19}(?:\\.\\d{0,9})?");

    private PhoneTime() {}

    /**
     * Returns null for what is no time, or none at which an SMS can have come: before there were any, or over a year from
     * now.
     *
     * @param zone of times that say none
     */
    public static @Nullable Instant read(String written, ZoneId zone, Instant now) {
        Instant time = time(written, zone);
        return time == null || time.isBefore(FIRST_SMS) || time.isAfter(now.plus(MOST_AHEAD))
                ? null
                : WireTime.truncate(time);
    }

    private static @Nullable Instant time(String written, ZoneId zone) {
        if (written.length() > LONGEST) {
            return null;
        }
        try {
            if (written.length() > DATE && written.charAt(DATE) == 'T' && written.endsWith("Z")) {
                return OffsetDateTime.parse(written).toInstant(); // as nearly all write it
            }
        } catch (DateTimeParseException e) {
            // perhaps otherwise
        }
        try {
            return odd(plain(written), zone);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable Instant odd(String plain, ZoneId zone) {
        Matcher compact = COMPACT.matcher(plain);
        if (compact.matches()) {
            return local(compact)
                    .atZone(compact.group(8) == null ? zone : ZoneOffset.UTC)
                    .toInstant();
        } else if (SINCE_1970.matcher(plain).matches()) {
            return since1970(new BigDecimal(plain));
        }
        Matcher written = WRITTEN.matcher(plain);
        return written.matches() ? local(written).atZone(zone(written, zone)).toInstant() : null;
    }

    /** The unit follows from the size: each of them would otherwise be a time long past, or far ahead. */
    private static Instant since1970(BigDecimal count) {
        int digits = count.precision() - count.scale();
        int millisAre = digits > 17 ? -6 : digits > 14 ? -3 : digits > 11 ? 0 : 3;
        return Instant.ofEpochMilli(count.scaleByPowerOfTen(millisAre).longValue());
    }

    private static LocalDateTime local(Matcher time) {
        int second = time.group(6) == null ? 0 : Integer.parseInt(time.group(6));
        String fraction = time.group(7) == null ? "" : time.group(7);
        LocalDateTime local = LocalDateTime.of(
                Integer.parseInt(time.group(1)),
                Integer.parseInt(time.group(2)),
                Integer.parseInt(time.group(3)),
                Integer.parseInt(time.group(4)),
                Integer.parseInt(time.group(5)),
                second == LEAP ? LEAP - 1 : second,
                Integer.parseInt((fraction + "000000000").substring(0, 9)));
        return second == LEAP ? local.plusSeconds(1) : local;
    }

    private static ZoneId zone(Matcher written, ZoneId absent) {
        String zone = written.group(8);
        if (zone == null) {
            return absent;
        } else if (written.group(9) == null) {
            return ZoneOffset.UTC;
        }
        int minutes = written.group(10) == null ? 0 : Integer.parseInt(written.group(10));
        int sign = zone.indexOf('-') < 0 ? 1 : -1; // a plus may have become a blank in a form or query
        return ZoneOffset.ofHoursMinutes(sign * Integer.parseInt(written.group(9)), sign * minutes);
    }

    /** Writes digits of any script as ASCII ones, and leaves out what is not seen. */
    private static String plain(String written) {
        StringBuilder plain = new StringBuilder(written.length());
        written.codePoints().forEach(c -> {
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                plain.append((char) ('0' + digit));
            } else if (c == '\u2212' || c == '\u2010' || c == '\u2011') {
                plain.append('-');
            } else if (c == '\u066b') {
                plain.append('.');
            } else if (Character.isSpaceChar(c)) {
                plain.append(' ');
            } else if (Character.getType(c) != Character.FORMAT) {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString().strip();
    }
}
