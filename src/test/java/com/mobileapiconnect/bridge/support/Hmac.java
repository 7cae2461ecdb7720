package com.mobileapiconnect.bridge.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as phones and receivers do that have nothing but their platform's HMAC. */
public final class Hmac {

    private Hmac() {}

    /** Returns the HMAC-SHA256 of a body as hexadecimal digits. */
    public static String sha256(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String sha256(String key, String body) {
        return sha256(key, body.getBytes(StandardCharsets.UTF_8));
    }
}
