package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The signature that several apps make alike: {@code X-Signature}, the lowercase hex HMAC-SHA256 of the body. */
final class HexSignature {

    static final String HEADER = "X-Signature";

    private HexSignature() {}

    /** Returns for people why the signature of the raw body is invalid; null if it is valid. */
    static @Nullable String flaw(GatewayRequest request, Redacted key) {
        String signature = request.header(HEADER);
        if (signature == null) {
            return HEADER + " must be given: the device has a signing key.";
        }
        String expected = HexFormat.of().formatHex(Hmac.sha256(key, request.body()));
        return Hmac.equal(expected, signature)
                ? null
                : HEADER + " must be the lowercase hex HMAC-SHA256 of the body under the device's signing key.";
    }
}
