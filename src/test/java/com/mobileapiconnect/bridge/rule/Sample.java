package com.mobileapiconnect.bridge.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages and conditions, with only what a test is about spelled out. */
final class Sample {

    /** Takes 'single quotes', so that JSON stays readable in tests. */
    static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    static final Instant RECEIVED_AT = Instant.parse("2026-06-12T14:32:00Z");

    private Sample() {}

    static InboundMessage text(String text) {
        return message("919876543210", "911234500000", text, 1, RECEIVED_AT);
    }

    static InboundMessage from(String from) {
        return message(from, "911234500000", "balance", 1, RECEIVED_AT);
    }

    static InboundMessage to(@Nullable String to) {
        return message("919876543210", to, "balance", 1, RECEIVED_AT);
    }

    static InboundMessage sim(@Nullable Integer sim) {
        return message("919876543210", "911234500000", "balance", sim, RECEIVED_AT);
    }

    static InboundMessage receivedAt(String instant) {
        return message("919876543210", "911234500000", "balance", 1, Instant.parse(instant));
    }

    /** A condition that is expected to be good. */
    static When when(String json) {
        List<String> errors = new ArrayList<>();
        Optional<When> when =
                PredicateParser.parse(json(json), "when", (path, message) -> errors.add(path + " " + message));
        assertThat(errors).isEmpty();
        return when.orElseThrow();
    }

    static JsonNode json(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The test wrote no JSON: " + json, e);
        }
    }

    private static InboundMessage message(
            String from, @Nullable String to, String text, @Nullable Integer sim, Instant receivedAt) {
        return new InboundMessage("msg_1", "ten_1", "dev_1", "p-1", from, to, text, null, sim, receivedAt, Flags.NONE);
    }
}
