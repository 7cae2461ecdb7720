package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.SignedIn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A browser in which somebody has signed in. */
final class Session {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final char MARKED = '.';

    private final String id = random();
    private final String formToken;
    private final SignedIn signedIn;
    private final SentForms sent;
    private volatile Instant lastUsed;

    Session(SignedIn signedIn, Clock clock) {
        this.signedIn = signedIn;
        this.sent = new SentForms(clock);
        this.formToken = signedIn.mark() + MARKED + random();
        this.lastUsed = clock.instant();
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

    /** Returns whether a token is of a session that was opened by the same key, this one or one before. */
    boolean isOfTheSameKey(String token) {
        return token.startsWith(signedIn.mark() + MARKED);
    }

    SignedIn signedIn() {
        return signedIn;
    }

    /** Returns the forms that were sent in it. */
    SentForms sent() {
        return sent;
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
