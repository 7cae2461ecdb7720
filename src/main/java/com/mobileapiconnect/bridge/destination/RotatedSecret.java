package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.mobileapiconnect.bridge.api.Versioned;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A new secret, shown in this one answer.
 *
 * @param previousValidUntil end of the overlap, during which the previous secret signs too; null if there was none
 */
record RotatedSecret(
        String secret,
        @Nullable Instant previousValidUntil,
        @JsonIgnore long version) implements Versioned {

    @Override
    public String toString() {
        return "RotatedSecret[…]";
    }
}
