package com.mobileapiconnect.bridge.intake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds possible phone numbers in a request that was not understood; rather too many than one too few. */
final class NamedNumbers {

    /** Stands for every number, where a request names more than are kept. */
    static final String ANY = "*";

    private static final int MOST = 32;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 20;
    // Digits with what people put between them; a no-break space is two of these as UTF-8.
    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9 ().\\u00a0\\u00c2-]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    private NamedNumbers() {}

    /** Returns their keys, as numbers are compared. */
    static Set<String> in(UnparsedRequest request) {
        Set<String> keys = new LinkedHashSet<>();
        find(request.query(), keys);
        find(request.body(), keys);
        if (request.bodyBase64() != null) {
            byte[] body = Base64.getDecoder().decode(request.bodyBase64());
            find(new String(body, StandardCharsets.ISO_8859_1), keys);
        }
        return keys.size() > MOST ? Set.of(ANY) : keys;
    }

    private static void find(@Nullable String text, Set<String> keys) {
        if (text == null) {
            return;
        }
        String plain = unescaped(text);
        for (Matcher number = NUMBER.matcher(plain); number.find() && keys.size() <= MOST; ) {
            add(number.group().replaceAll("[^0-9]", ""), keys);
            for (Matcher digits = DIGITS.matcher(number.group()); digits.find(); ) {
                add(digits.group(), keys);
            }
        }
    }

    /**
     * Decodes the escapes of a form or query, if there are any. NULs are removed: without them the digits of UTF-16 are
     * ASCII.
     */
    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))))
                .replace("\0", "")
                .replace('+', ' ');
    }

    private static void add(String digits, Set<String> keys) {
        if (digits.length() >= SHORTEST && digits.length() <= LONGEST) {
            keys.add(digits);
        }
    }
}
