package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Times;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter for the audit log; a null field matches any. */
record AuditFilter(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String subject,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** The most characters of an actor, an action or a subject. */
    static final int LONGEST = 128;

    /** Reads query parameters; throws a 422 {@link Problem} for a bad one. */
    static AuditFilter of(
            @Nullable String actor,
            @Nullable String action,
            @Nullable String subject,
            @Nullable String since,
            @Nullable String until) {
        return new AuditFilter(
                text("actor", actor),
                text("action", action),
                text("subject", subject),
                time("since", since),
                time("until", until));
    }

    private static @Nullable String text(String name, @Nullable String value) {
        if (value != null && value.length() > LONGEST) {
            throw Problem.invalid(name, "must have at most " + LONGEST + " characters");
        }
        return value;
    }

    private static @Nullable Instant time(String name, @Nullable String value) {
        return value == null ? null : Times.parameter(name, value);
    }

    String where() {
        return (actor == null ? "" : " and actor = :actor")
                + (action == null ? "" : " and action = :action")
                + (subject == null ? "" : " and subject = :subject")
                + (since == null ? "" : " and at >= :since")
                + (until == null ? "" : " and at < :until");
    }

    Map<String, @Nullable Object> params() {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("actor", actor);
        params.put("action", action);
        params.put("subject", subject);
        params.put("since", since == null ? null : since.toEpochMilli());
        params.put("until", until == null ? null : until.toEpochMilli());
        return params;
    }
}
