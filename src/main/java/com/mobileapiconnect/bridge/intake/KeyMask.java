package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a device's signing key out of a request that is kept: some apps give the key itself, and whoever may read messages
 * is not to have it. Found are its spellings in plain text, forms, queries and JSON.
 */
final class KeyMask {

    static final String SHOWN = "***";
    /** A shorter key may be a part of anything, so that it counts only where it stands alone. */
    private static final int LONG = 8;

    private static final int DELETE = 0x7f;

    private final @Nullable Pattern key;

    private KeyMask(@Nullable Pattern key) {
        this.key = key;
    }

    static KeyMask of(@Nullable Redacted key) {
        return new KeyMask(key == null || key.reveal().isEmpty() ? null : pattern(key.reveal()));
    }

    /** Returns the same bytes, without the key. */
    byte[] in(byte[] body) {
        return key == null ? body : bytes(in(new String(body, StandardCharsets.ISO_8859_1), key));
    }

    /** Returns the same query, without the key. */
    @Nullable String in(@Nullable String query) {
        return query == null || key == null
                ? query
                : new String(
                        bytes(in(new String(query.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1), key)),
                        StandardCharsets.UTF_8);
    }

    private static String in(String bytes, Pattern key) {
        return key.matcher(bytes).replaceAll(SHOWN);
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns a pattern over bytes, each of which is a character. */
    private static Pattern pattern(String key) {
        StringBuilder pattern = new StringBuilder();
        key.codePoints().forEach(c -> pattern.append(written(c)));
        return Pattern.compile(
                key.length() < LONG ? "(?<![A-Za-z0-9%])" + pattern + "(?![A-Za-z0-9])" : pattern.toString());
    }

    private static String written(int codePoint) {
        String character = Character.toString(codePoint);
        StringBuilder plain = new StringBuilder();
        StringBuilder percent = new StringBuilder();
        for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
            plain.append(String.format(Locale.ROOT, "\\x%02x", b));
            percent.append(String.format(Locale.ROOT, "%%(?:25)?(?i:%02x)", b));
        }
        StringBuilder escaped = new StringBuilder();
        character.chars().forEach(c -> escaped.append(String.format(Locale.ROOT, "\\\\u(?i:%04x)", c)));
        StringBuilder all = new StringBuilder("(?:").append(plain);
        all.append('|').append(percent).append('|').append(escaped);
        if (codePoint == ' ') {
            all.append("|\\+");
        } else if (codePoint < DELETE && !Character.isLetterOrDigit(codePoint)) {
            all.append("|\\\\").append(plain);
        }
        return all.append(')').toString();
    }
}
