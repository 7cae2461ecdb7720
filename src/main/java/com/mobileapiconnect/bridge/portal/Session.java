package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.SignedIn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A browser in which somebody has signed in. */
final class Session {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private final String id = random();
    private final String formToken = random();
    private final SignedIn signedIn;
    private volatile Instant lastUsed;

    Session(SignedIn signedIn, Instant now) {
        this.signedIn = signedIn;
        this.lastUsed = now;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the secret that the browser's cookie holds. */
    String id() {
        return id;
    }

    /** Returns the secret that each form of the pages holds, and no other site's form can. */
    String formToken() {
        return formToken;
    }

    boolean isFormToken(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), formToken.getBytes(StandardCharsets.UTF_8));
    }

    SignedIn signedIn() {
        return signedIn;
    }

    boolean ofOperator() {
        return signedIn.caller() instanceof Caller.OfOperator;
    }

    /** Returns what tells its key from others. */
    String key() {
        Caller caller = signedIn.caller();
        return caller instanceof Caller.OfTenant tenant ? tenant.keyId() : caller.name();
    }

    /** Returns whose pages it shows; empty for the operator. */
    String tenantId() {
        return signedIn.caller() instanceof Caller.OfTenant tenant ? tenant.tenantId() : "";
    }

    Instant lastUsed() {
        return lastUsed;
    }

    void used(Instant now) {
        lastUsed = now;
    }
}
