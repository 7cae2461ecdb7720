package com.mobileapiconnect.bridge.message;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Public identifiers: a prefix that names the kind, and 26 opaque base32 characters. */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int BYTES = 16;
    private static final int COUNTING_BITS = 16;
    private static final AtomicLong LATEST = new AtomicLong();

    private Ids() {}

    /** 128 random bits behind the prefix. */
    public static String random(String prefix) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return prefix + base32(bytes);
    }

    /**
     * 48 bits of time, 16 that count, 64 random ones: within a process each new id sorts last, also among those of one
     * millisecond and while a clock that was set back catches up. That is the order of lists, and it keeps the index
     * that ids go into small and warm.
     */
    public static String timeOrdered(String prefix, Instant now) {
        long earliest = now.toEpochMilli() << COUNTING_BITS;
        byte[] random = new byte[BYTES - Long.BYTES];
        RANDOM.nextBytes(random);
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(LATEST.updateAndGet(latest -> Math.max(latest + 1, earliest)))
                .put(random)
                .array();
        return prefix + base32(bytes);
    }

    /** Before every {@link #timeOrdered} id of this moment or later, after every one that is older. */
    public static String firstAt(String prefix, Instant time) {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(time.toEpochMilli() << COUNTING_BITS)
                .array();
        return prefix + base32(bytes);
    }

    /** What stands behind the prefix. */
    public static String rest(String id) {
        return id.substring(id.indexOf('_') + 1);
    }

    /** Crockford's alphabet in lower case: sorts like the bytes, and no two characters look alike. */
    static String base32(byte[] bytes) {
        StringBuilder out = new StringBuilder((bytes.length * 8 + 4) / 5);
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = (buffer << 8) | (b & 0xff);
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                out.append(ALPHABET[buffer >>> bits & 31]);
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            out.append(ALPHABET[buffer << (5 - bits) & 31]);
        }
        return out.toString();
    }
}
