package com.mobileapiconnect.bridge.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes and compares HMACs: SHA-256 everywhere, SHA-1 where a provider of SMS signs with nothing better. */
public final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SHA_1 = "HmacSHA1";
    // Copied for each signature: looking one up costs as much as a signature.
    private static final Mac UNKEYED = unkeyed();

    private Hmac() {}

    /** Returns the signature under a whole secret string, prefix included, as its bytes in UTF-8. */
    public static byte[] sha256(Redacted secret, byte[] content) {
        return keyed(secret.reveal().getBytes(StandardCharsets.UTF_8)).doFinal(content);
    }

    /** Returns the signature that Twilio makes; do not use it for anything new. */
    public static byte[] sha1(Redacted secret, byte[] content) {
        try {
            Mac mac = Mac.getInstance(SHA_1);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), SHA_1));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + SHA_1, e);
        }
    }

    /** Compares a signature with a received one in a time that does not reveal where they differ. */
    public static boolean equal(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a fresh MAC to be fed piece by piece; not thread-safe. */
    public static Mac keyed(byte[] key) {
        try {
            Mac mac = copy();
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static Mac copy() {
        try {
            return (Mac) UNKEYED.clone();
        } catch (CloneNotSupportedException ofThisProvider) {
            return unkeyed();
        }
    }

    private static Mac unkeyed() {
        try {
            // Asked for twice, because only one of a given provider has chosen its implementation and can be copied.
            return Mac.getInstance(ALGORITHM, Mac.getInstance(ALGORITHM).getProvider());
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
    }
}
