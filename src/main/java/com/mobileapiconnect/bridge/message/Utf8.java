package com.mobileapiconnect.bridge.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Says of bytes whether they are UTF-8, and where they are not, what they may be. */
public final class Utf8 {

    /** Bytes of a surrogate that is written by itself, as CESU-8 does. */
    static final int SURROGATE = 3;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;
    private static final byte LAST_CONTINUATION = (byte) 0xbf;
    private static final byte C2 = (byte) 0xc2;
    private static final byte E0 = (byte) 0xe0;
    private static final byte ED = (byte) 0xed;
    private static final byte EF = (byte) 0xef;

    private Utf8() {}

    public static boolean isValid(byte[] bytes) {
        return isValid(bytes, 0, bytes.length);
    }

    /** @param to the place behind the last byte */
    public static boolean isValid(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int lead = bytes[i];
            if (lead >= 0) {
                i += i + Long.BYTES <= to && ((long) LONGS.get(bytes, i) & NOT_ASCII) == 0 ? Long.BYTES : 1;
            } else if (i + 2 < to && lead != ED && lead >= C2 && lead <= EF && lead != E0) { // nearly all letters
                boolean two = lead < E0;
                if (bytes[i + 1] > LAST_CONTINUATION || (!two && bytes[i + 2] > LAST_CONTINUATION)) {
                    return false;
                }
                i += two ? 2 : 3;
            } else {
                int length = length(bytes, i, to);
                if (length == 0) {
                    return false;
                }
                i += length;
            }
        }
        return true;
    }

    /**
     * Returns whether bytes that are not all UTF-8 come from one who writes it: one character at least is, of more than a
     * byte, or a surrogate by itself; or all but the end is ASCII, and the end is the beginning of a character.
     */
    static boolean shows(byte[] bytes, int from, int to) {
        int wrong = 0;
        boolean cut = false;
        for (int i = from; i < to; ) {
            int length = length(bytes, i, to);
            if (length > 1 || isSurrogate(bytes, i, to) || isNul(bytes, i, to)) {
                return true;
            }
            if (length == 0) {
                wrong++;
                length = wrong(bytes, i, to);
                cut = length > 1 && i + length == to;
            }
            i += length;
        }
        return wrong == 1 && cut;
    }

    /** Returns the bytes of the character that begins here; 0 if none does. */
    static int length(byte[] bytes, int at, int to) {
        int lead = bytes[at];
        if (lead >= 0) {
            return 1;
        }
        int length = announced(lead & 0xff);
        return length > 0 && right(bytes, at, length, to) == length ? length : 0;
    }

    /** Returns the bytes here that belong to one broken character: those that were right until one was not. */
    static int wrong(byte[] bytes, int at, int to) {
        int length = announced(bytes[at] & 0xff);
        if (isNul(bytes, at, to)) {
            return 2;
        }
        return isSurrogate(bytes, at, to) ? SURROGATE : Math.max(1, right(bytes, at, length, to));
    }

    private static int announced(int lead) {
        if (lead >= 0xc2 && lead <= 0xdf) {
            return 2;
        } else if (lead >= 0xe0 && lead <= 0xef) {
            return 3;
        }
        return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    }

    private static int right(byte[] bytes, int at, int length, int to) {
        int end = Math.min(at + length, to);
        int i = at + 1;
        while (i < end && isContinuation(bytes[i]) && (i > at + 1 || isSecond(bytes[at] & 0xff, bytes[i] & 0xff))) {
            i++;
        }
        return i - at;
    }

    /** Excludes what is written longer than needed, surrogates, and what is beyond U+10FFFF. */
    private static boolean isSecond(int lead, int second) {
        return switch (lead) {
            case 0xe0 -> second >= 0xa0;
            case 0xed -> second < 0xa0;
            case 0xf0 -> second >= 0x90;
            case 0xf4 -> second < 0x90;
            default -> true;
        };
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }

    /** Returns whether a high and a low surrogate stand here, each by itself. */
    static boolean isPair(byte[] bytes, int at, int to) {
        return isSurrogate(bytes, at, to)
                && Character.isHighSurrogate(surrogate(bytes, at))
                && isSurrogate(bytes, at + SURROGATE, to)
                && Character.isLowSurrogate(surrogate(bytes, at + SURROGATE));
    }

    private static boolean isSurrogate(byte[] bytes, int at, int to) {
        return at + SURROGATE <= to
                && (bytes[at] & 0xff) == 0xed
                && (bytes[at + 1] & 0xe0) == 0xa0
                && isContinuation(bytes[at + 2]);
    }

    static char surrogate(byte[] bytes, int at) {
        return (char) (0xd000 | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f));
    }

    /** Returns whether a NUL stands here as Java's own streams write it. */
    private static boolean isNul(byte[] bytes, int at, int to) {
        return at + 2 <= to && (bytes[at] & 0xff) == 0xc0 && (bytes[at + 1] & 0xff) == 0x80;
    }
}
