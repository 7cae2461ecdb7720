package com.mobileapiconnect.bridge.device;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.api.Fields;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The things that a phone says of itself; null where it says nothing.
 *
 * @param at         milliseconds
 * @param battery    percent
 * @param signal     as the phone has it: bars, percent or dBm
 * @param pending    messages that wait on the phone
 * @param lastNumber the last number of the phone's own counting of its captures
 * @param countedFrom the number at which this counting was first heard of; later ones are expected to arrive
 */
public record Heartbeat(
        long at,
        @Nullable Integer battery,
        @Nullable Boolean charging,
        @Nullable Integer signal,
        @Nullable Integer pending,
        @Nullable Integer lastNumber,
        @Nullable Integer countedFrom) {

    private static final int FULL = 100;
    private static final int WEAKEST = -200;
    private static final int MOST = 1_000_000_000;
    private static final JsonMapper JSON = new JsonMapper();

    /** A heartbeat as the API shows it. */
    public record View(
            Instant at,
            @Nullable Integer battery,
            @Nullable Boolean charging,
            @Nullable Integer signal,
            @Nullable Integer pending,
            @Nullable Integer lastNumber) {}

    static Heartbeat read(Fields fields, Instant now) {
        Heartbeat beat = new Heartbeat(
                now.toEpochMilli(),
                fields.optionalInteger("battery", 0, FULL),
                fields.raw("charging") == null ? null : (Boolean) fields.flag("charging", false),
                fields.optionalInteger("signal", WEAKEST, FULL),
                fields.optionalInteger("pending", 0, MOST),
                fields.optionalInteger("lastNumber", 0, MOST),
                null);
        fields.orThrow();
        return beat;
    }

    /** Goes on with the counting of the beat before. A smaller number begins it anew, as after a reinstall. */
    Heartbeat after(@Nullable Heartbeat before) {
        Integer known = before == null ? null : before.lastNumber;
        Integer from = before == null ? null : before.countedFrom;
        if (lastNumber == null) {
            return with(known, from);
        } else if (known == null || from == null) {
            return with(lastNumber, lastNumber);
        }
        return with(lastNumber, lastNumber < known ? (Integer) 0 : from);
    }

    private Heartbeat with(@Nullable Integer last, @Nullable Integer from) {
        return new Heartbeat(at, battery, charging, signal, pending, last, from);
    }

    @JsonIgnore
    View view() {
        return new View(Instant.ofEpochMilli(at), battery, charging, signal, pending, lastNumber);
    }

    String toColumn() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Numbers can be written as JSON", e);
        }
    }

    static @Nullable Heartbeat of(@Nullable String column) {
        try {
            return column == null ? null : JSON.readValue(column, Heartbeat.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored heartbeat is no JSON", e);
        }
    }
}
