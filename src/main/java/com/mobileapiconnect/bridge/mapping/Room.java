package com.mobileapiconnect.bridge.mapping;

/**
 * The length that one request may still have. A name may stand in a mapping many times, and its value may be long: without
 * a bound an SMS could make a request that fills the heap. Not thread-safe.
 */
public final class Room {

    /** Bytes that a mapping may make of one message, all its texts together. */
    public static final int MOST = 1 << 20;

    private long left = MOST;

    /**
     * Takes room for a text in UTF-8.
     *
     * @param field of the text, for people
     * @throws CannotBeException if there is not as much
     */
    void take(String field, String text) {
        take(field, length(text, false));
    }

    /** Takes room for a text that is written as JSON: quotes and control characters take more. */
    void takeJson(String field, String text) {
        take(field, length(text, true));
    }

    private void take(String field, long bytes) {
        left -= bytes;
        if (left < 0) {
            throw tooLong(field);
        }
    }

    /**
     * Checks what has become of all texts together.
     *
     * @throws CannotBeException if it is longer than a request may be
     */
    public static String checked(String field, String written) {
        if (length(written, false) > MOST) {
            throw tooLong(field);
        }
        return written;
    }

    private static CannotBeException tooLong(String field) {
        return new CannotBeException("With the field " + field + " the request would be longer than " + (MOST >> 20)
                + " MiB; name the text less often, or cut it with max");
    }

    /**
     * Returns the bytes that a text with so many names is at most, before it is made.
     *
     * @param longest the longest value that a name may have
     */
    public static long atMost(int names, String longest) {
        return Math.min(MOST, names * length(longest, true));
    }

    /** Returns the bytes of a text in UTF-8, without making them. */
    private static long length(String text, boolean asJson) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes += !asJson || (c >= ' ' && c != '"' && c != '\\') ? 1 : c < ' ' ? 6 : 2;
            } else if (c < 0x800 || Character.isSurrogate(c)) {
                bytes += 2; // each half of a pair
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }
}
