package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.Unseen;
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
    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9 ]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})|\\\\u([0-9A-Fa-f]{4})");

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
        findPlain(plain, keys);
        if (plain.chars().anyMatch(c -> c > 0x7f) && plain.chars().allMatch(c -> c <= 0xff)) {
            // bytes, perhaps of UTF-8
            findPlain(new String(plain.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8), keys);
        }
    }

    private static void findPlain(String plain, Set<String> keys) {
        for (Matcher number = NUMBER.matcher(inAscii(plain)); number.find() && keys.size() <= MOST; ) {
            add(number.group().replace(" ", ""), keys);
            for (Matcher digits = DIGITS.matcher(number.group()); digits.find(); ) {
                add(digits.group(), keys);
            }
        }
    }

    /** Decodes the escapes of a form, a query or JSON, if there are any. */
    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape -> Matcher.quoteReplacement(String.valueOf(
                        (char) Integer.parseInt(escape.group(1) != null ? escape.group(1) : escape.group(2), 16))));
    }

    /**
     * Returns the text with the digits of every script as ASCII and a space for what may stand between them. Unseen
     * characters are left out, and so are NULs: without them the digits of UTF-16 are ASCII.
     */
    private static String inAscii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        text.codePoints().filter(c -> c != 0 && !Unseen.is(c)).forEach(c -> {
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                ascii.append((char) ('0' + digit));
            } else {
                boolean between = c >= ' ' && (PhoneNumber.mayStandBetween(c) || c == '\u00c2');
                ascii.append(between ? ' ' : '\n');
            }
        });
        return ascii.toString();
    }

    private static void add(String digits, Set<String> keys) {
        if (digits.length() >= SHORTEST && digits.length() <= LONGEST) {
            keys.add(digits);
        }
    }
}
