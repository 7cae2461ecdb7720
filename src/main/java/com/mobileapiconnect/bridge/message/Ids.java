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
    static final AtomicLong LATEST = new AtomicLong();

    private Ids() {}

    /** Returns the prefix and 128 random bits. */
    public static String random(String prefix) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return prefix + base32(bytes);
    }

    /**
     * Returns an id that sorts by time: 48 bits of time, a 16-bit counter, 64 random bits. Within a process each new id
     * sorts after all earlier ones, even in the same millisecond and while a clock that was set back catches up. Lists
     * use this order, and it keeps the index of ids small and warm.
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

    /**
     * Returns a bound that sorts before every {@link #timeOrdered} id of this moment or later, and after every earlier
     * one.
     */
    public static String firstAt(String prefix, Instant time) {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(time.toEpochMilli() << COUNTING_BITS)
                .array();
        return prefix + base32(bytes);
    }

    /** Returns the part of an id after the prefix. */
    public static String rest(String id) {
        return id.substring(id.indexOf('_') + 1);
    }

    /**
     * Encodes in Crockford's alphabet in lower case, which sorts like the bytes and has no characters that look alike.
     */
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
