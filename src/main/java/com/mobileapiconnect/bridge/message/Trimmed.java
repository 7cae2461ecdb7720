package com.mobileapiconnect.bridge.message;

import org.jspecify.annotations.Nullable;

/**
 * Defines trimmed text, the same for all that compares texts: it is without white space of any kind, control
 * characters, and what is not seen, at its ends. All between two characters that are seen is a part of the text, and so
 * is all that makes an emoji of a black flag another flag.
 */
public final class Trimmed {

    private static final int BLACK_FLAG = 0x1f3f4;

    private Trimmed() {}

    /** Returns the text without what is not seen at both ends; the very same object if there is nothing. */
    public static String of(String text) {
        int start = start(text);
        int end = end(text);
        return start >= end ? "" : start == 0 && end == text.length() ? text : text.substring(start, end);
    }

    /** Returns the text without what is not seen at its beginning. */
    public static String atStart(String text) {
        return text.substring(start(text));
    }

    /** Returns the text without what is not seen at its end. */
    public static String atEnd(String text) {
        return text.substring(0, end(text));
    }

    /** Returns what is wrong with a text that has to be sent as it is; null if nothing is. */
    public static @Nullable String fault(String text) {
        return start(text) == 0 && end(text) == text.length()
                ? null
                : "must not begin or end with white space, or with characters that are not seen";
    }

    /** Returns the index of the first character that is seen; the length of the text if there is none. */
    public static int start(String text) {
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (!isUnseen(c)) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /** Returns the index behind the last character that is seen; 0 if there is none. */
    public static int end(String text) {
        int at = text.length();
        while (at > 0) {
            int c = text.codePointBefore(at);
            if (!isUnseen(c) || (isTag(c) && isOfFlag(text, at))) {
                return at;
            }
            at -= Character.charCount(c);
        }
        return at;
    }

    /** Returns whether a character is white space, a control character, or never seen by itself. */
    public static boolean isUnseen(int c) {
        return isSpace(c) || isHidden(c);
    }

    /** Returns whether a character is white space of any kind or a control character. */
    public static boolean isSpace(int c) {
        if (c <= 0x7f) {
            return c <= ' ' || c == 0x7f;
        }
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL -> true;
            default -> false;
        };
    }

    /**
     * Returns whether a character is never seen by itself and takes no room: direction marks, joiners, soft hyphens, and
     * the selectors that make ❤ an emoji.
     */
    public static boolean isHidden(int c) {
        return c > 0x7f && (Character.getType(c) == Character.FORMAT ? !isSeenFormat(c) : isFiller(c));
    }

    /** Arabic, Syriac and Kaithi signs that enclose numbers, and the joints of hieroglyphs, which are seen. */
    private static boolean isSeenFormat(int c) {
        return (c >= 0x600 && c <= 0x605)
                || c == 0x6dd
                || c == 0x70f
                || c == 0x890
                || c == 0x891
                || c == 0x8e2
                || c == 0x110bd
                || c == 0x110cd
                || (c >= 0x13430 && c <= 0x1345f);
    }

    /** Letters, marks and code points to come that Unicode has nobody see, and the empty pattern of Braille. */
    private static boolean isFiller(int c) {
        return switch (c) {
            case 0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180f, 0x2065, 0x2800, 0x3164, 0xffa0 -> true;
            default ->
                (c >= 0x180b && c <= 0x180d)
                        || (c >= 0xfe00 && c <= 0xfe0f)
                        || (c >= 0xfff0 && c <= 0xfff8)
                        || (c >= 0xe0000 && c <= 0xe0fff);
        };
    }

    private static boolean isTag(int c) {
        return c >= 0xe0020 && c <= 0xe007f;
    }

    private static boolean isOfFlag(String text, int end) {
        int at = end;
        while (at > 0 && isTag(text.codePointBefore(at))) {
            at -= 2;
        }
        return at > 0 && text.codePointBefore(at) == BLACK_FLAG;
    }
}
