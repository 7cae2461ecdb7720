package com.mobileapiconnect.bridge.message;

/** Makes texts that every database, JSON parser and receiver can hold. */
public final class WellFormed {

    private static final char REPLACEMENT = '\uFFFD';

    private WellFormed() {}

    /** Returns the text with NUL and lone surrogates replaced by U+FFFD; the very same object if there are none. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isWrong(text, i)) {
                return replaced(text);
            }
        }
        return text;
    }

    /** Returns the text on a single line: each line break or other control character becomes a space. */
    public static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.setCharAt(i, ' ');
            }
        }
        return line.toString();
    }

    private static String replaced(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (isWrong(text, i)) {
                out.setCharAt(i, REPLACEMENT);
            }
        }
        return out.toString();
    }

    private static boolean isWrong(String text, int i) {
        char c = text.charAt(i);
        if (c == 0) {
            return true;
        } else if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
