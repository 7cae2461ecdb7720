package com.mobileapiconnect.bridge.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Derives the {@code msg_} id of a capture from the properties that make two captures the same, so that every node can
 * compute the id without asking a database.
 *
 * <p>The first 10 base32 characters (50 bits) come from (device, phone id), the other 16 (80 bits) from device, phone
 * id, sender and text. All captures that share a phone id are therefore neighbours in the index of ids, and a reused
 * phone id is noticed without an index of its own.
 */
public final class MessageId {

    static final String PREFIX = "msg_";
    private static final int SHARED_CHARS = 10;
    private static final int OWN_CHARS = 16;
    private static final String DERIVED = "at-";

    private MessageId() {}

    /**
     * Returns the id of a capture. A repeat of the same capture has the same id; without a phone id every capture is
     * new.
     */
    public static String of(String deviceId, @Nullable String phoneId, String from, String text) {
        if (phoneId == null) {
            return Ids.random(PREFIX);
        }
        String shared = Ids.base32(sha256(deviceId, phoneId)).substring(0, SHARED_CHARS);
        String own = Ids.base32(sha256(deviceId, phoneId, from, text)).substring(0, OWN_CHARS);
        return PREFIX + shared + own;
    }

    /**
     * Derives an id for a capture whose phone gives none: a repeat has the same sender, text and second. The same text
     * in different seconds makes different captures.
     */
    public static String derivedPhoneId(String from, String text, Instant capturedAt) {
        String second = Long.toString(capturedAt.getEpochSecond());
        return DERIVED + second + "-" + Ids.base32(sha256(second, from, text)).substring(0, OWN_CHARS);
    }

    /** Returns whether an id was derived, so that the time of capture is all that the phone says. */
    public static boolean isDerived(@Nullable String phoneId) {
        return phoneId != null && phoneId.startsWith(DERIVED);
    }

    /** Returns the part of an id that captures with the same device and phone id share. */
    public static String sharedPart(String messageId) {
        return messageId.substring(0, PREFIX.length() + SHARED_CHARS);
    }

    private static byte[] sha256(String... parts) {
        MessageDigest digest = Sha256.digest();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            // The length in front keeps ("ab","c") and ("a","bc") apart.
            digest.update(new byte[] {
                (byte) (bytes.length >>> 24),
                (byte) (bytes.length >>> 16),
                (byte) (bytes.length >>> 8),
                (byte) bytes.length
            });
            digest.update(bytes);
        }
        return digest.digest();
    }
}
