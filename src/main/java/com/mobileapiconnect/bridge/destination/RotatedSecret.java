package com.mobileapiconnect.bridge.destination;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A new secret, shown in this one answer.
 *
 * @param previousValidUntil until when the secret before signs too; null when there was none
 */
record RotatedSecret(String secret, @Nullable Instant previousValidUntil) {

    @Override
    public String toString() {
        return "RotatedSecret[…]";
    }
}
