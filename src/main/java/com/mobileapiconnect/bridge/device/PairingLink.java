package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.message.Sha256;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The link by which a device is paired: each has one at most, a new one replaces it.
 *
 * @param hash   of the code in the link, which is random, so that a plain hash is enough
 * @param token  the device's token that the link leads to; null once it was given out
 * @param usedAt null while nobody has used it
 */
record PairingLink(
        String deviceId,
        String tenantId,
        String hash,
        @Nullable Redacted token,
        Instant expiresAt,
        @Nullable Instant usedAt) {

    static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final int CODE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    static String newCode() {
        byte[] random = new byte[CODE_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static PairingLink of(Device device, String code, Redacted token, Instant now) {
        return new PairingLink(device.id(), device.tenantId(), hashOf(code), token, now.plus(GOOD_FOR), null);
    }

    PairingLink used(Instant now) {
        return new PairingLink(deviceId, tenantId, hash, null, expiresAt, now);
    }

    boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    static String hashOf(String code) {
        byte[] hash = Sha256.digest().digest(code.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
