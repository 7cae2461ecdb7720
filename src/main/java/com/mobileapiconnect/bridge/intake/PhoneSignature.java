package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] expected = HexFormat.of().formatHex(mac.doFinal(body)).getBytes(StandardCharsets.US_ASCII);
            return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HmacSHA256", e);
        }
    }
}
