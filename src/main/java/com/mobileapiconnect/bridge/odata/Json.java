package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.erp.AnswerJson;

/** JSON as services write and read it. */
final class Json {

    /** Numbers are written as OData does: without an exponent. */
    private static final JsonMapper PLAIN = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Json() {}

    static String write(JsonNode json) {
        try {
            return PLAIN.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can be written as JSON", e);
        }
    }

    /** Returns a missing node for what is no JSON. */
    static JsonNode read(String text) {
        return AnswerJson.read(text);
    }
}
