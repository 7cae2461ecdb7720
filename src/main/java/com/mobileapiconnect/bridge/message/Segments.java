package com.mobileapiconnect.bridge.message;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * How a text travels as SMS: in the GSM 7-bit alphabet when all of it is there, else as UCS-2; in one segment, or in
 * several that are each a little shorter, for the header that joins them.
 *
 * @param encoding {@code GSM-7} or {@code UCS-2}
 * @param count    how many messages it takes; 1 for an empty text
 */
public record Segments(String encoding, int count) {

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
            + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    // Each of these takes an escape and itself.
    private static final String EXTENSION = "\f^{}\\[~]|€";
    private static final int GSM_SINGLE = 160;
    private static final int GSM_JOINED = 153;
    private static final int UCS2_SINGLE = 70;
    private static final int UCS2_JOINED = 67;

    public static Segments of(String text) {
        return isGsm(text)
                ? new Segments("GSM-7", count(text, true, GSM_SINGLE, GSM_JOINED))
                : new Segments("UCS-2", count(text, false, UCS2_SINGLE, UCS2_JOINED));
    }

    /** The longest beginning that takes no more segments, without a character cut in two; the same when it is all. */
    public static String cut(String text, int segments) {
        String start = text.substring(0, Math.min(text.length(), segments * GSM_SINGLE + 1));
        if (start.length() == text.length() && of(text).count() <= segments) {
            return text;
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(start);
        int end = characters.last();
        while (end > 0 && of(start.substring(0, end)).count() > segments) {
            end = characters.previous();
        }
        return start.substring(0, end);
    }

    private static boolean isGsm(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (BASIC.indexOf(c) < 0 && EXTENSION.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** A character of two units, an escaped or a supplementary one, is not torn apart between segments. */
    private static int count(String text, boolean gsm, int single, int joined) {
        int total = 0;
        int segments = 1;
        int inSegment = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int units = gsm ? (EXTENSION.indexOf(c) < 0 ? 1 : 2) : Character.charCount(c);
            total += units;
            if (inSegment + units > joined) {
                segments++;
                inSegment = 0;
            }
            inSegment += units;
        }
        return total <= single ? 1 : segments;
    }
}
