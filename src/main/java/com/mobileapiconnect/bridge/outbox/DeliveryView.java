package com.mobileapiconnect.bridge.outbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A delivery as the API shows it: where it goes, where it stands, and every call that was made. */
public record DeliveryView(
        String id,
        @Nullable String messageId,
        String event,
        TargetRef target,
        String status,
        @Nullable String reason,
        List<AttemptView> attempts,
        @Nullable Instant nextAttemptAt,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @JsonIgnore long messageSeq) {

    /** @param id {@code webhook} for the forward-all webhook, else the connection's */
    public record TargetRef(String type, String id, String name) {}

    /** One call. */
    public record AttemptView(
            int n,
            Instant at,
            long durationMs,
            String outcome,
            @Nullable String errorClass,
            @Nullable Integer httpStatus,
            @Nullable String error,
            @Nullable String responseBody) {

        static AttemptView of(Ended ended) {
            Outcome.Evidence evidence = ended.outcome().evidence();
            Outcome.ErrorClass errorClass = evidence == null ? null : evidence.errorClass();
            return new AttemptView(
                    ended.attempt().number(),
                    ended.attempt().at(),
                    ended.durationMs(),
                    ended.outcome() instanceof Outcome.Skipped ? "skipped" : ended.success() ? "success" : "failure",
                    errorClass == null ? null : errorClass.wireName(),
                    evidence == null ? null : evidence.httpStatus(),
                    evidence == null ? ended.reason() : evidence.error(),
                    evidence == null ? null : evidence.body());
        }
    }
}
