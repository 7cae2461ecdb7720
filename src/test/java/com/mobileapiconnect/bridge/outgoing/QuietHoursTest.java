package com.mobileapiconnect.bridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.outgoing.Terms.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose SMS may go out at an hour of the customer's day. */
class QuietHoursTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static QuietHours hours(String more) throws Exception {
        List<String> errors = new ArrayList<>();
        QuietHours hours = QuietHours.of(
                JSON.readTree("{\"from\":\"21:00\",\"to\":\"08:00\",\"zone\":\"Asia/Kolkata\"" + more + "}"),
                (field, message) -> errors.add(field));
        assertThat(errors).isEmpty();
        return hours;
    }

    /** At half past five hours after UTC. */
    @ParameterizedTest
    @CsvSource({
        "2026-06-12T15:29:59Z, MANY",
        "2026-06-12T15:30:00Z, REPLY",
        "2026-06-12T20:00:00Z, REPLY",
        "2026-06-13T02:29:59Z, REPLY",
        "2026-06-13T02:30:00Z, MANY",
        "2026-06-13T12:00:00Z, MANY"
    })
    void repliesGoOutAndTheRestWaits(Instant at, Turn last) throws Exception {
        assertThat(hours("").last(at)).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({"2026-06-12T20:00:00Z, ", "2026-06-13T12:00:00Z, MANY"})
    void repliesWaitTooIfTheTenantWantsIt(Instant at, Turn last) throws Exception {
        assertThat(hours(",\"replies\":true").last(at)).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({"2026-06-12T20:00:00Z, REPLY", "2026-06-13T01:00:00Z, REPLY", "2026-06-13T20:00:00Z, MANY"})
    void daysAreThoseOnWhichTheHoursBegin(Instant at, Turn last) throws Exception {
        assertThat(hours(",\"days\":[\"FRI\"]").last(at)).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "7",
                "{\"from\":\"21:00\",\"to\":\"08:00\"}",
                "{\"from\":\"24:00\",\"to\":\"08:00\",\"zone\":\"UTC\"}",
                "{\"from\":\"21:00\",\"to\":\"8:00\",\"zone\":\"UTC\"}",
                "{\"from\":\"21:00\",\"to\":\"08:00\",\"zone\":\"Mars/Olympus\"}",
                "{\"from\":\"21:00\",\"to\":\"08:00\",\"zone\":\"UTC\",\"replies\":\"yes\"}",
                "{\"from\":\"21:00\",\"to\":\"08:00\",\"zone\":\"UTC\",\"days\":[\"MO\"]}",
                "{\"from\":\"21:00\",\"to\":\"08:00\",\"zone\":\"UTC\",\"until\":\"9\"}"
            })
    void badOnesAreNamed(String json) throws Exception {
        List<String> errors = new ArrayList<>();
        QuietHours.of(JSON.readTree(json), (field, message) -> errors.add(field));
        assertThat(errors).isNotEmpty().allSatisfy(field -> assertThat(field).startsWith("quietHours"));
    }
}
