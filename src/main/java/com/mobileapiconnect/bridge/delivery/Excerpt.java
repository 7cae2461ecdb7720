package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.Graphemes;
import com.mobileapiconnect.bridge.message.WellFormed;

/** Bounds texts of others, removes control characters, and cuts between characters. */
final class Excerpt {

    private static final char REPLACEMENT = '\uFFFD';
    private static final char CUT = '…';

    private Excerpt() {}

    /** Returns a single line; an ellipsis at its end says that there was more. */
    static String line(String text, int mostChars) {
        boolean cut = text.length() > mostChars;
        String part = cut ? Graphemes.cut(text, mostChars - 1) + CUT : text;
        return WellFormed.oneLine(WellFormed.of(part));
    }

    /** Returns as much as fits into that many bytes of UTF-8, with line breaks and tabs. */
    static String text(String text, int mostBytes) {
        int bytes = 0;
        int end = 0;
        StringBuilder clean = null;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            boolean replaced = replaced(c);
            bytes += replaced ? 3 : bytes(c);
            if (bytes > mostBytes) {
                break;
            }
            if (replaced && clean == null) {
                clean = new StringBuilder().append(text, 0, end);
            }
            if (clean != null) {
                clean.appendCodePoint(replaced ? REPLACEMENT : c);
            }
            end += Character.charCount(c);
        }
        int whole = Graphemes.endWithin(text, end);
        if (clean != null) {
            clean.setLength(whole); // a replaced character is as long as what it replaces
            return clean.toString();
        }
        return whole == text.length() ? text : text.substring(0, whole);
    }

    private static boolean replaced(int c) {
        boolean layout = c == '\n' || c == '\r' || c == '\t';
        boolean loneSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return (Character.isISOControl(c) && !layout) || loneSurrogate;
    }

    private static int bytes(int c) {
        return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
}
