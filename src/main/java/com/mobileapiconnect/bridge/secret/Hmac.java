package com.mobileapiconnect.bridge.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes HMAC-SHA256, the one signature that the bridge writes and reads. */
public final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";
    // Looked up once: searching all providers costs as much as a signature.
    private static final Provider PROVIDER = provider();

    private Hmac() {}

    /** Returns the signature under a whole secret string, prefix included, as its bytes in UTF-8. */
    public static byte[] sha256(Redacted secret, byte[] content) {
        return keyed(secret.reveal().getBytes(StandardCharsets.UTF_8)).doFinal(content);
    }

    /** Returns a fresh one to be fed piece by piece; not thread-safe. */
    public static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM, PROVIDER);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static Provider provider() {
        try {
            return Mac.getInstance(ALGORITHM).getProvider();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
    }
}
