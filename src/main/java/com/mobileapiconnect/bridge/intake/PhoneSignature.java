package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The signature of a phone that sends the bridge's own JSON and has a signing key. */
final class PhoneSignature {

    static final String HEADER = "X-Signature";

    private PhoneSignature() {}

    /** In constant time, over the raw bytes, before anything of them is read. */
    static boolean verify(Redacted key, byte[] body, @Nullable String signature) {
        if (signature == null) {
            return false;
        }
        byte[] expected = HexFormat.of().formatHex(Hmac.sha256(key, body)).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
    }
}
