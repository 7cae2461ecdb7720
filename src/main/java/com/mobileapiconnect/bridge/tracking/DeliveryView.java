package com.mobileapiconnect.bridge.tracking;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.mobileapiconnect.bridge.api.Weighed;
import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.delivery.SenderOrder;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.message.Payload;
import com.mobileapiconnect.bridge.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the API shows it: its target, its state and every call made.
 *
 * @param from        the sender of the message; null without one
 * @param attempts    the calls that are shown, oldest first
 * @param attemptsMade all calls that were made, those too that are not shown or not kept any more
 * @param externalId  the receiver's own id of the record that it made
 * @param externalUrl where people find that record
 * @param reply       the SMS that the delivery, or its receiver's answer, became
 * @param replySuppressed why the receiver's answer became none
 */
public record DeliveryView(
        String id,
        @Nullable String messageId,
        @Nullable String from,
        String event,
        TargetRef target,
        String status,
        @Nullable String reason,
        List<AttemptView> attempts,
        int attemptsMade,
        @Nullable String externalId,
        @Nullable String externalUrl,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Reply reply,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String replySuppressed,

        @Nullable Instant nextAttemptAt,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @JsonIgnore long messageSeq)
        implements Weighed {

    private static final int USUAL_WEIGHT = 1_000;

    /** The columns that {@link #read} needs, of a delivery {@code d}, its message {@code m} and its target {@code t}. */
    static final String COLUMNS =
            "d.id, d.message_seq, m.id as message_id, m.sender, d.event, d.target_id, t.type, t.name, d.state, "
                    + "d.reason, d.attempts, d.next_at, d.created_at, d.finished_at, d.external_id, d.external_url, "
                    + "d.reply_suppressed";

    /**
     * @param target    null if it was deleted
     * @param laneWaits nanoseconds until the receiver wants to be called again
     */
    static DeliveryView read(ResultSet row, @Nullable Target target, Schedule schedule, long laneWaits)
            throws SQLException {
        DeliveryState state = DeliveryState.of(row.getInt("state"));
        String type = row.getString("type");
        String status = state.wireName(target);
        boolean due = status.equals(DeliveryState.PENDING.wireName());
        long nextAt = row.getLong("next_at");
        String event = row.getString("event");
        String held = state.held(target);
        String publicId = Target.Type.named(type).publicId(row.getString("target_id"));
        return new DeliveryView(
                row.getString("id"),
                row.getString("message_id"),
                row.getString("sender"),
                event == null ? Payload.EVENT : event,
                new TargetRef(type, publicId, row.getString("name")),
                status,
                held == null ? row.getString("reason") : held,
                List.of(),
                row.getInt("attempts"),
                row.getString("external_id"),
                row.getString("external_url"),
                null,
                row.getString("reply_suppressed"),
                due && nextAt != SenderOrder.BLOCKED ? next(Instant.ofEpochMilli(nextAt), schedule, laneWaits) : null,
                Columns.time(row, "created_at"),
                Columns.timeOrNull(row, "finished_at"),
                row.getLong("message_seq"));
    }

    private static Instant next(Instant due, Schedule schedule, long laneWaits) {
        Instant lane = schedule.now().plusNanos(laneWaits);
        return schedule.onTheWall(laneWaits > 0 && lane.isAfter(due) ? lane : due);
    }

    DeliveryView with(List<AttemptView> calls, @Nullable Reply sms) {
        return new DeliveryView(
                id,
                messageId,
                from,
                event,
                target,
                status,
                reason,
                calls,
                attemptsMade,
                externalId,
                externalUrl,
                sms,
                replySuppressed,
                nextAttemptAt,
                createdAt,
                finishedAt,
                messageSeq);
    }

    @Override
    public long weight() {
        long weight = USUAL_WEIGHT + (reply == null ? 0 : reply.text().length());
        for (AttemptView attempt : attempts) {
            weight += attempt.weight();
        }
        return weight;
    }

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

    /**
     * A single call.
     *
     * @param stepError what went wrong in a step of the route after the outcome was decided
     */
    public record AttemptView(
            int n,
            Instant at,
            long durationMs,
            String outcome,
            @Nullable String errorClass,
            @Nullable Integer httpStatus,
            @Nullable String error,
            @Nullable String responseBody,
            @Nullable String location,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String stepError) {

        private static final int USUAL_WEIGHT = 200;

        long weight() {
            return USUAL_WEIGHT + length(error) + length(responseBody) + length(location) + length(stepError);
        }

        private static int length(@Nullable String text) {
            return text == null ? 0 : text.length();
        }

        static AttemptView read(ResultSet row) throws SQLException {
            return new AttemptView(
                    row.getInt("n"),
                    Columns.time(row, "at"),
                    row.getLong("duration_ms"),
                    row.getInt("success") != 0 ? "success" : "failure",
                    row.getString("error_class"),
                    Columns.integer(row, "http_status"),
                    row.getString("error"),
                    row.getString("response_body"),
                    row.getString("location"),
                    row.getString("step_error"));
        }

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
                    evidence == null ? null : evidence.body(),
                    evidence == null ? null : evidence.location(),
                    ended.attempt().stepError());
        }
    }
}
