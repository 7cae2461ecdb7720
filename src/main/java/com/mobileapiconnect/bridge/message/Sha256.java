package com.mobileapiconnect.bridge.message;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hands out SHA-256 without its checked exception. */
public final class Sha256 {

    // Copied for each digest: looking one up costs as much as a digest.
    private static final MessageDigest UNUSED = unused();

    private Sha256() {}

    /** Returns a fresh digest; not thread-safe. */
    public static MessageDigest digest() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException ofThisProvider) {
            return unused();
        }
    }

    private static MessageDigest unused() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
