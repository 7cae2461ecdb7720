package com.mobileapiconnect.bridge.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A text that came as bytes.
 *
 * @param mended whether the bytes were none of their charset, so that the text is what could be read of them
 */
public record Decoded(String text, boolean mended) {

    private static final Charset CP1252 = Charset.forName("windows-1252");
    private static final char REPLACEMENT = '\uFFFD';

    /**
     * Reads UTF-8. Of other bytes as much becomes text as can be: the surrogates of older Androids (CESU-8), each written
     * by itself, become their character. If nothing else is UTF-8, all are taken for Windows-1252, of which Latin-1 is a
     * part; otherwise what is wrong, like the rest of a character that was cut, becomes U+FFFD.
     */
    public static Decoded utf8(byte[] bytes) {
        return utf8(bytes, 0, bytes.length);
    }

    /** Reads the bytes from one place to before another. */
    public static Decoded utf8(byte[] bytes, int from, int to) {
        if (Utf8.isValid(bytes, from, to)) {
            return new Decoded(new String(bytes, from, to - from, StandardCharsets.UTF_8), false);
        }
        boolean isUtf8 = Utf8.shows(bytes, from, to);
        return new Decoded(isUtf8 ? repaired(bytes, from, to) : new String(bytes, from, to - from, CP1252), true);
    }

    /** Reads a charset that the sender named; what is not in it becomes U+FFFD. */
    public static Decoded in(Charset charset, byte[] bytes) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return utf8(bytes);
        }
        String text = new String(bytes, charset);
        return new Decoded(text, text.indexOf(REPLACEMENT) >= 0);
    }

    private static String repaired(byte[] bytes, int from, int to) {
        StringBuilder out = new StringBuilder(to - from);
        for (int i = from; i < to; ) {
            int length = Utf8.length(bytes, i, to);
            if (length > 0) {
                out.append(new String(bytes, i, length, StandardCharsets.UTF_8));
                i += length;
            } else if (Utf8.isPair(bytes, i, to)) {
                out.append(Utf8.surrogate(bytes, i)).append(Utf8.surrogate(bytes, i + Utf8.SURROGATE));
                i += 2 * Utf8.SURROGATE;
            } else {
                out.append(REPLACEMENT);
                i += Utf8.wrong(bytes, i, to);
            }
        }
        return out.toString();
    }
}
