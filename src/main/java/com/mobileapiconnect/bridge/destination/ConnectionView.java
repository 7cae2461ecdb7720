package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Versioned;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the API shows it.
 *
 * @param events the bridge's own events that it is told beside its messages
 */
public record ConnectionView(
        String id,
        String name,
        String connector,
        @Nullable String outboundUrl,
        JsonNode when,
        List<String> events,
        JsonNode properties,
        @JsonUnwrapped TargetView shared)
        implements Versioned {

    @Override
    public long version() {
        return shared.version();
    }

    public static ConnectionView of(Target target, Instant now) {
        return new ConnectionView(
                target.id(),
                target.name(),
                target.connector(),
                target.url(),
                target.when().toJson(),
                EventNames.names(target.mirror().events()),
                target.properties().shown(),
                TargetView.of(target, now));
    }
}
