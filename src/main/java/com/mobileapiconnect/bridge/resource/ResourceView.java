package com.mobileapiconnect.bridge.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mobileapiconnect.bridge.api.Versioned;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A resource as the operator sees it: what its kind does not have is left out, and a secret is {@code true}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ResourceView(
        String name,
        String kind,
        @Nullable String url,
        @Nullable String username,
        @Nullable Boolean password,
        @Nullable Integer maxConnections,
        @Nullable String bootstrapServers,
        @Nullable Map<String, Object> properties,
        @Nullable String path,
        Object tenants,
        String source,
        long version,
        Instant createdAt,
        Instant updatedAt)
        implements Versioned {

    static ResourceView of(Resource resource) {
        Place place = resource.place();
        Place.Jdbc jdbc = place instanceof Place.Jdbc known ? known : null;
        Place.Kafka kafka = place instanceof Place.Kafka known ? known : null;
        return new ResourceView(
                resource.name(),
                resource.kind().wireName(),
                jdbc == null ? null : jdbc.url().text(),
                jdbc == null ? null : jdbc.username(),
                jdbc == null || jdbc.password() == null ? null : true,
                jdbc == null ? null : jdbc.maxConnections(),
                kafka == null ? null : kafka.bootstrapServers(),
                kafka == null ? null : properties(kafka),
                place instanceof Place.Folder folder ? folder.path().toString() : null,
                resource.tenants().json(),
                resource.source().wireName(),
                resource.version(),
                resource.createdAt(),
                resource.updatedAt());
    }

    private static Map<String, Object> properties(Place.Kafka kafka) {
        Map<String, Object> shown = new LinkedHashMap<>(kafka.properties());
        kafka.secrets().keySet().forEach(name -> shown.put(name, true));
        return shown;
    }
}
