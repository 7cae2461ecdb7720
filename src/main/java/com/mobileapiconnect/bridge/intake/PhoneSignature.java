package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The signature of a phone that sends the bridge's own JSON and has a signing key. */
final class PhoneSignature {

    static final String HEADER = "X-Signature";

    private PhoneSignature() {}

    /** Verifies the raw bytes in constant time, before anything of them is parsed. */
    static boolean verify(Redacted key, byte[] body, @Nullable String signature) {
        return signature != null && Hmac.equal(HexFormat.of().formatHex(Hmac.sha256(key, body)), signature);
    }
}
