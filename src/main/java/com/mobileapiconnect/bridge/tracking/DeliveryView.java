package com.mobileapiconnect.bridge.tracking;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the API shows it: its target, its state and every call made.
 *
 * @param reply for an automatic reply: the SMS made from the delivery
 */
public record DeliveryView(
        String id,
        @Nullable String messageId,
        String event,
        TargetRef target,
        String status,
        @Nullable String reason,
        List<AttemptView> attempts,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Reply reply,

        @Nullable Instant nextAttemptAt,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @JsonIgnore long messageSeq) {

    /** @param id {@code webhook} for the forward-all webhook, otherwise the connection's id */
    public record TargetRef(String type, String id, String name) {}

    /** The fate of an automatic reply after it was queued for a phone. */
    public record Reply(
            String id,
            String deviceId,
            String to,
            String text,
            String status,
            @Nullable String error,
            Instant updatedAt) {}

    /** A single call. */
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
