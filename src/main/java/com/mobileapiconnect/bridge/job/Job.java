package com.mobileapiconnect.bridge.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.SqlLiterals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of long work, as stored.
 *
 * @param tenantId  null for the bridge's own
 * @param work      what is to be done, as its kind writes it
 * @param place     how far it has come, as its kind writes it; null before the first step
 * @param done      how many things are done
 * @param total     how many there are; null if that is not known
 * @param startedAt null before the first step
 */
public record Job(
        String id,
        @Nullable String tenantId,
        String kind,
        String work,
        @Nullable String place,
        long done,
        @Nullable Long total,
        State state,
        @Nullable String result,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    static final String PREFIX = "job_";
    static final String COLUMNS = "id, tenant_id, kind, work, place, done, total, state, result, error, created_at,"
            + " started_at, ended_at";

    private static final JsonMapper JSON = new JsonMapper();

    /** The state of a job; the order of the constants is the stored form. */
    enum State {
        OPEN,
        DONE,
        CANCELLED,
        FAILED;

        private static final SqlLiterals LITERALS = SqlLiterals.of(values());

        static String sql(String statement) {
            return LITERALS.in(statement);
        }
    }

    /** The state as callers see it. */
    enum Status implements WireName {
        WAITING("waiting", "state = {OPEN} and started_at is null"),
        RUNNING("running", "state = {OPEN} and started_at is not null"),
        DONE("done", "state = {DONE}"),
        CANCELLED("cancelled", "state = {CANCELLED}"),
        FAILED("failed", "state = {FAILED}");

        private final String wireName;
        private final String where;

        Status(String wireName, String where) {
            this.wireName = wireName;
            this.where = State.sql(where);
        }

        String where() {
            return where;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    Status status() {
        return switch (state) {
            case OPEN -> startedAt == null ? Status.WAITING : Status.RUNNING;
            case DONE -> Status.DONE;
            case CANCELLED -> Status.CANCELLED;
            case FAILED -> Status.FAILED;
        };
    }

    /** Returns what is to be done. */
    public <T> T work(Class<T> type) {
        return read(work, type);
    }

    /** Returns where the last step has left it; the given place before the first step. */
    public <T> T place(Class<T> type, T first) {
        return place == null ? first : read(place, type);
    }

    Job after(Progress progress) {
        return progress instanceof Progress.On on
                ? new Job(
                        id,
                        tenantId,
                        kind,
                        work,
                        write(on.place()),
                        done + on.done(),
                        total,
                        state,
                        result,
                        error,
                        createdAt,
                        startedAt,
                        endedAt)
                : this;
    }

    static String write(Object content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Only what can be written as JSON can be kept: " + content, e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What a job has kept is no " + type.getSimpleName(), e);
        }
    }

    static Job read(ResultSet row) throws SQLException {
        long total = row.getLong("total");
        boolean known = !row.wasNull();
        return new Job(
                row.getString("id"),
                row.getString("tenant_id"),
                row.getString("kind"),
                row.getString("work"),
                row.getString("place"),
                row.getLong("done"),
                known ? total : null,
                State.values()[row.getInt("state")],
                row.getString("result"),
                row.getString("error"),
                Columns.time(row, "created_at"),
                Columns.timeOrNull(row, "started_at"),
                Columns.timeOrNull(row, "ended_at"));
    }

    /** A job as callers see it. */
    record View(
            String id,
            @Nullable String tenantId,
            String kind,
            String status,
            long done,
            @Nullable Long total,
            @Nullable JsonNode result,
            @Nullable String error,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {

        static View of(Job job) {
            return new View(
                    job.id,
                    job.tenantId,
                    job.kind,
                    job.status().wireName(),
                    job.done,
                    job.total,
                    job.result == null ? null : Job.read(job.result, JsonNode.class),
                    job.error,
                    job.createdAt,
                    job.startedAt,
                    job.endedAt);
        }
    }
}
