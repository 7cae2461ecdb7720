package com.mobileapiconnect.bridge.secret;

import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.util.Base64;

/** A secret in memory that does not show itself in logs. */
public record Redacted(String reveal) {

    private static final String UNKNOWN = "no-secret-yet:";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Returns a secret that nobody knows, for where there has to be one that was not given yet: nothing passes for signed
     * by it, and nothing goes out without a signature.
     */
    public static Redacted unknown() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return new Redacted(UNKNOWN + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** Returns whether the real secret was not given yet. */
    public boolean isUnknown() {
        return reveal.startsWith(UNKNOWN);
    }

    @Override
    @JsonValue // in no JSON either, whoever writes it
    public String toString() {
        return "…";
    }
}
