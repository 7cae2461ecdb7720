package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.mobileapiconnect.bridge.api.Versioned;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook that a tenant has once, as the API shows it.
 *
 * @param events what the operations webhook is told; null for the forward-all webhook, which gets messages
 */
record WebhookView(
        @Nullable String url,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> events,
        @JsonUnwrapped TargetView shared)
        implements Versioned {

    static WebhookView of(Target target, TargetView shared) {
        boolean told = target.type() == Target.Type.OPERATIONS;
        return new WebhookView(
                target.url(), told ? EventNames.names(target.mirror().events()) : null, shared);
    }

    @Override
    public long version() {
        return shared.version();
    }
}
