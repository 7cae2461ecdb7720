package com.mobileapiconnect.bridge.erp;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts as systems want them in fields of their kinds. */
public final class SystemText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private SystemText() {}

    /** Returns HTML that shows a text as it is, with its line ends. */
    public static String html(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\n' -> html.append("<br>");
                case '\r' -> html.append(i + 1 < text.length() && text.charAt(i + 1) == '\n' ? "" : "<br>");
                default -> html.append(c);
            }
        }
        return html.toString();
    }

    /** Returns a time that says its offset as {@code 2026-11-26 10:00:00} in that zone; any other text as it is. */
    public static String time(String text, ZoneId zone) {
        LocalDateTime time = local(text, zone);
        return time == null ? text : TIME.format(time);
    }

    /** Returns the day of a time that says its offset, in that zone; any other text as it is. */
    public static String day(String text, ZoneId zone) {
        LocalDateTime time = local(text, zone);
        return time == null ? text : time.toLocalDate().toString();
    }

    private static @Nullable LocalDateTime local(String text, ZoneId zone) {
        try {
            return OffsetDateTime.parse(text.strip()).atZoneSameInstant(zone).toLocalDateTime();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
