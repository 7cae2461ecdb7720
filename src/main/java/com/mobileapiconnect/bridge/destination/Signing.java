package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that sign a target's calls.
 *
 * @param current       null if calls are not signed
 * @param previous      the previous secret, during the overlap of a rotation
 * @param previousUntil end of the overlap
 */
public record Signing(
        @Nullable Redacted current,
        @Nullable Redacted previous,
        @Nullable Instant previousUntil) {

    public static final Signing NONE = new Signing(null, null, null);

    static final int MIN_SECRET = 16;
    static final int MAX_SECRET = 256;

    static Signing with(@Nullable Redacted secret) {
        return secret == null ? NONE : new Signing(secret, null, null);
    }

    boolean isUnknown() {
        return current != null && current.isUnknown();
    }

    /** The previous secret, while receivers may still use it. */
    public @Nullable Redacted previousAt(Instant now) {
        return previousUntil != null && now.isBefore(previousUntil) ? previous : null;
    }

    Signing rotated(Instant now, Duration overlap) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        Redacted fresh = new Redacted("whsec_" + Base64.getEncoder().encodeToString(random));
        return current == null || current.isUnknown()
                ? new Signing(fresh, null, null)
                : new Signing(fresh, current, now.plus(overlap));
    }
}
