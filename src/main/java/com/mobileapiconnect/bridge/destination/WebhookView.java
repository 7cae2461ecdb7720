package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.mobileapiconnect.bridge.api.Versioned;
import org.jspecify.annotations.Nullable;

/** A webhook that a tenant has once, as the API shows it. */
record WebhookView(@Nullable String url, @JsonUnwrapped TargetView shared) implements Versioned {

    @Override
    public long version() {
        return shared.version();
    }
}
