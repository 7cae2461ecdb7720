package com.mobileapiconnect.bridge.message;

/**
 * The form in which a text travels as SMS: in the GSM 7-bit alphabet if that has all its characters, otherwise as
 * UCS-2; in a single segment, or in several that are a little shorter because of the header that joins them.
 *
 * @param encoding {@code GSM-7} or {@code UCS-2}
 * @param count    number of segments; 1 for an empty text
 */
public record Segments(String encoding, int count) {

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
            + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    // Each of these characters takes two places: an escape and itself.
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

    /** Returns the longest beginning of a text that fits into the segments, without splitting a character. */
    public static String cut(String text, int segments) {
        String start = text.substring(0, Math.min(text.length(), segments * GSM_SINGLE + 1));
        if (start.length() == text.length() && of(text).count() <= segments) {
            return text;
        }
        int end = start.length();
        while (end > 0 && of(text.substring(0, end)).count() > segments) {
            end = Graphemes.endWithin(text, end - 1);
        }
        return text.substring(0, end);
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

    /** Counts the segments. A character of two units (escaped or supplementary) is never split between segments. */
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
