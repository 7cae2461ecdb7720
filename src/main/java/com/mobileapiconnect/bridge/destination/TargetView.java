package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a webhook or a connection that the API shows of both. Secrets are never shown.
 *
 * @param previousValidUntil end of the overlap of the last rotation; null if it is over
 * @param statusReason null unless the bridge holds the deliveries
 */
record TargetView(
        boolean enabled,
        boolean signing,
        @Nullable Instant previousValidUntil,
        String status,
        @Nullable String statusReason,
        RedeliveryPolicy redelivery,
        int concurrency,
        @Nullable Double ratePerSecond,
        boolean ordered,
        @Nullable HttpOptionsView http,
        List<Statuses> success,
        @Nullable FailureWhen failureWhen,

        @JsonSerialize(using = ToStringSerializer.class) @Nullable JsonPointer replyFrom,

        @JsonSerialize(using = ToStringSerializer.class) @Nullable Duration expiresAfter,

        Map<String, String> metadata,
        FormView.Payload payload,
        String signatureHeader,
        long version,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {

    static TargetView of(Target target, Instant now) {
        return of(target, target.createdAt(), target.updatedAt(), now);
    }

    /** Returns the view of a target that was never set. */
    static TargetView ofUnset(Target target, Instant now) {
        return of(target, null, null, now);
    }

    private static TargetView of(Target target, @Nullable Instant createdAt, @Nullable Instant updatedAt, Instant now) {
        Signing signing = target.signing();
        Target.Pace pace = target.pace();
        return new TargetView(
                target.enabled(),
                signing.current() != null,
                signing.previousAt(now) == null ? null : signing.previousUntil(),
                target.status().wireName(),
                target.statusReason(),
                target.redelivery(),
                pace.concurrency(),
                pace.ratePerSecond(),
                pace.ordered(),
                HttpOptionsView.of(target.http()),
                target.answers().success(),
                target.answers().failureWhen(),
                target.answers().replyFrom(),
                pace.expiresAfter(),
                target.form().metadata(),
                FormView.Payload.of(target.form()),
                target.form().signatureHeader(),
                target.version(),
                createdAt,
                updatedAt);
    }

    /** Returns the names that a PUT takes: those that GET shows, so that an answer can be sent back, and the secret. */
    static String[] names(Class<? extends Record> view) {
        return Stream.concat(shown(view), Stream.of("secret")).toArray(String[]::new);
    }

    private static Stream<String> shown(Class<?> view) {
        return Arrays.stream(view.getRecordComponents()).flatMap(TargetView::shown);
    }

    private static Stream<String> shown(RecordComponent component) {
        return component.getType() == TargetView.class ? shown(TargetView.class) : Stream.of(component.getName());
    }
}
