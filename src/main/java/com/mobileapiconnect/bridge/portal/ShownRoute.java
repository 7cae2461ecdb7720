package com.mobileapiconnect.bridge.portal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A route as pages show it. */
record ShownRoute(
        String name,
        String source,
        String status,
        long version,
        @Nullable String updatedAt,
        @Nullable String error) {

    static final String API = "/v1/routes";

    /** Cannot be the name of a route. */
    static final String NEW = "_new";

    Fate fate() {
        return switch (status) {
            case "running" -> Fate.DELIVERED;
            case "failed" -> Fate.FAILED;
            default -> Fate.HELD;
        };
    }

    record Version(
            long version,
            String at,
            String author,
            @Nullable String reason,
            String source,
            boolean deletion) {}

    static List<ShownRoute> all(Visit visit) {
        return visit.call(Call.get(API).with("limit", "500")).list(ShownRoute.class);
    }

    static List<Version> versions(Visit visit) {
        Answer versions =
                visit.call(Call.get(API + "/" + visit.part(0) + "/versions").with("limit", "100"));
        return versions.isGood() ? versions.list(Version.class) : List.of();
    }
}
