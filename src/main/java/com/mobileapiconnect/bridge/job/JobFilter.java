package com.mobileapiconnect.bridge.job;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Times;
import com.mobileapiconnect.bridge.message.WireName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A filter for jobs; a null field matches any.
 *
 * @param tenantId whose jobs; null for those of all tenants and the bridge's own
 */
record JobFilter(
        @Nullable String tenantId,
        Job.@Nullable Status status,
        @Nullable String kind,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** The most characters of a kind. */
    static final int LONGEST_KIND = 64;

    /** Reads query parameters; throws a 422 {@link Problem} for a bad one. */
    static JobFilter of(
            @Nullable String tenantId,
            @Nullable String status,
            @Nullable String kind,
            @Nullable String since,
            @Nullable String until) {
        if (kind != null && kind.length() > LONGEST_KIND) {
            throw Problem.invalid("kind", "must have at most " + LONGEST_KIND + " characters");
        }
        return new JobFilter(tenantId, status(status), kind, time("since", since), time("until", until));
    }

    private static Job.@Nullable Status status(@Nullable String name) {
        return name == null
                ? null
                : WireName.find(Job.Status.class, name)
                        .orElseThrow(() -> Problem.invalid(
                                "status", "must be one of " + WireName.list(List.of(Job.Status.values()))));
    }

    private static @Nullable Instant time(String name, @Nullable String value) {
        return value == null ? null : Times.parameter(name, value);
    }

    String where() {
        return "id < :before"
                + (tenantId == null ? "" : " and tenant_id = :tenant")
                + (status == null ? "" : " and " + status.where())
                + (kind == null ? "" : " and kind = :kind")
                + (since == null ? "" : " and created_at >= :since")
                + (until == null ? "" : " and created_at < :until");
    }

    Map<String, @Nullable Object> params() {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("tenant", tenantId);
        params.put("kind", kind);
        params.put("since", since == null ? null : since.toEpochMilli());
        params.put("until", until == null ? null : until.toEpochMilli());
        return params;
    }
}
