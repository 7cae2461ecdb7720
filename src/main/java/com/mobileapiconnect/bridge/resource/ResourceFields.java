package com.mobileapiconnect.bridge.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.message.WireName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a resource as requests and settings have it. */
final class ResourceFields {

    static final int MOST_TENANTS = 1_000;

    private static final String[] NAMES = Stream.concat(
                    Stream.of("name", "kind", "tenants", "source", "version", "createdAt", "updatedAt"),
                    Stream.of(ResourceKind.values()).flatMap(kind -> names(kind).stream()))
            .toArray(String[]::new);

    private ResourceFields() {}

    /**
     * The resource that is replaced, and where the fields come from.
     *
     * @param old null for a new one
     */
    record From(String name, @Nullable Resource old, Resource.Source source, Instant now) {}

    /**
     * Returns null if something is wrong, and reported.
     *
     * @param isTenant tells the ids of tenants
     */
    static @Nullable Resource read(Fields fields, From from, Predicate<String> isTenant) {
        fields.allow(NAMES);
        ResourceKind kind = kind(fields);
        if (kind == null) {
            return null;
        }
        refuseThoseOfOthers(fields, kind);
        TenantList tenants = tenants(fields, isTenant);
        Resource old = from.old();
        Place place = PlaceFields.read(
                fields, kind, old == null ? null : old.place(), from.source() == Resource.Source.SETTING);
        return place == null || tenants == null
                ? null
                : new Resource(
                        from.name(),
                        place,
                        tenants,
                        from.source(),
                        old == null ? 0 : old.version(),
                        old == null ? from.now() : old.createdAt(),
                        from.now());
    }

    private static void refuseThoseOfOthers(Fields fields, ResourceKind kind) {
        for (ResourceKind other : ResourceKind.values()) {
            for (String name : names(other)) {
                if (fields.raw(name) != null && !names(kind).contains(name)) {
                    fields.wrong(name, "must be left out: a resource of the kind " + kind.wireName() + " has none");
                }
            }
        }
    }

    private static List<String> names(ResourceKind kind) {
        return switch (kind) {
            case DATABASE -> List.of("url", "username", "password", "maxConnections");
            case KAFKA -> List.of("bootstrapServers", "properties");
            case FOLDER -> List.of("path");
        };
    }

    private static @Nullable ResourceKind kind(Fields fields) {
        String given = fields.text("kind", 16);
        ResourceKind kind =
                given == null ? null : WireName.find(ResourceKind.class, given).orElse(null);
        if (kind == null) {
            fields.wrong("kind", "must be one of " + WireName.list(Arrays.asList(ResourceKind.values())));
        }
        return kind;
    }

    private static @Nullable TenantList tenants(Fields fields, Predicate<String> isTenant) {
        JsonNode given = fields.raw("tenants");
        if (given != null && given.isTextual() && given.textValue().equals(TenantList.ALL_NAME)) {
            return TenantList.ALL;
        }
        TreeSet<String> ids = new TreeSet<>();
        if (given != null && given.isArray() && given.size() <= MOST_TENANTS) {
            given.forEach(id -> ids.add(id.asText()));
            List<String> unknown = ids.stream().filter(isTenant.negate()).toList();
            if (unknown.isEmpty()) {
                return TenantList.of(ids);
            }
            fields.wrong(
                    "tenants", "must have ids of tenants that there are; the first that is none: " + unknown.get(0));
            return null;
        }
        fields.wrong(
                "tenants",
                "must be \"all\", or a list of at most " + MOST_TENANTS + " ids of the tenants that may use it");
        return null;
    }
}
