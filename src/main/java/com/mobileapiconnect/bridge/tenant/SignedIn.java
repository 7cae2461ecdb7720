package com.mobileapiconnect.bridge.tenant;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A key by which somebody has signed in. Only its hash is kept, by which it is looked up again for every request: a key
 * that is deleted, or expires, opens nothing from then on.
 */
public final class SignedIn {

    private static final String NAME = SignedIn.class.getName();
    private static final int MARK = 22;

    private final byte[] hash;
    private final Caller caller;

    SignedIn(byte[] hash, Caller caller) {
        this.hash = hash;
        this.caller = caller;
    }

    byte[] hash() {
        return hash;
    }

    /** Returns who it was when the key was given. */
    public Caller caller() {
        return caller;
    }

    /**
     * Returns what tells this key from all others, after a restart too; nobody can guess it, and it opens nothing.
     */
    public String mark() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(NAME.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest.digest(hash))
                    .substring(0, MARK);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Makes a request of the bridge's own one in the name of this key; a request from outside cannot say so. */
    public void sign(HttpServletRequest request) {
        request.setAttribute(NAME, this);
    }

    static @Nullable SignedIn of(HttpServletRequest request) {
        return request.getAttribute(NAME) instanceof SignedIn found ? found : null;
    }
}
