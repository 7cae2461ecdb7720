package com.mobileapiconnect.bridge.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The texts of the pages in one language. There is each language that has a bundle. */
final class Texts {

    /** The language for readers of none that there is. */
    private static final Locale OTHERWISE = Locale.ENGLISH;

    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final long MINUTES_OF_AN_HOUR = 60;
    private static final long MINUTES_OF_A_DAY = 24 * MINUTES_OF_AN_HOUR;
    private static final long A_MEGABYTE = 1_000_000;
    private static final String BUNDLE = "portal.texts";
    private static final Map<String, Optional<Texts>> ALL = new ConcurrentHashMap<>();

    private final ResourceBundle bundle;
    private final Locale locale;

    private Texts(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    static Texts in(Locale locale) {
        return find(locale.getLanguage()).orElseThrow();
    }

    /** Browsers send whatever they like; only names of languages are looked for and remembered. */
    private static Optional<Texts> find(String language) {
        return LANGUAGES.contains(language)
                ? ALL.computeIfAbsent(
                        language,
                        name -> exists(name) ? Optional.of(new Texts(Locale.forLanguageTag(name))) : Optional.empty())
                : Optional.empty();
    }

    private static boolean exists(String language) {
        return language.equals(OTHERWISE.getLanguage())
                || Texts.class.getResource("/" + BUNDLE.replace('.', '/') + "_" + language + ".properties") != null;
    }

    /** Returns the texts in the first language that the browser asks for and there is. */
    static Texts of(HttpServletRequest request) {
        for (Locale wanted : Collections.list(request.getLocales())) {
            Optional<Texts> found = find(wanted.getLanguage());
            if (found.isPresent()) {
                return found.get();
            }
        }
        return in(OTHERWISE);
    }

    String language() {
        return locale.getLanguage();
    }

    /** Returns the direction in which the language is read, as HTML names it. */
    String direction() {
        return get("direction");
    }

    boolean has(String key) {
        return bundle.containsKey(key);
    }

    /** Returns a text; values go where it says {0}, {1} and so on. */
    String get(String key, Object... values) {
        String text = bundle.getString(key);
        return values.length == 0 ? text : new MessageFormat(text, locale).format(values);
    }

    /** Returns the word for a value of the API; the value itself where there is none. */
    String word(String group, String value) {
        String key = group + "." + value;
        return has(key) ? get(key) : value;
    }

    String number(long n) {
        return String.format(locale, "%,d", n);
    }

    /** Returns a time of the API for people; the browser puts it into the reader's zone. */
    String time(String at) {
        return TIME.withLocale(locale).format(Instant.parse(at));
    }

    /** Returns a duration of the API in the largest unit that says it whole. */
    String period(String duration) {
        long minutes = Duration.parse(duration).toMinutes();
        if (minutes % MINUTES_OF_A_DAY == 0) {
            return get("period.days", minutes / MINUTES_OF_A_DAY);
        }
        return minutes % MINUTES_OF_AN_HOUR == 0
                ? get("period.hours", minutes / MINUTES_OF_AN_HOUR)
                : get("period.minutes", minutes);
    }

    String bytes(long bytes) {
        return bytes < A_MEGABYTE / 10
                ? String.format(locale, "%,.1f kB", bytes / 1000.0)
                : String.format(locale, "%,.1f MB", bytes / (double) A_MEGABYTE);
    }

    String duration(long millis) {
        return millis < 1000 ? number(millis) + " ms" : String.format(locale, "%,.1f s", millis / 1000.0);
    }
}
