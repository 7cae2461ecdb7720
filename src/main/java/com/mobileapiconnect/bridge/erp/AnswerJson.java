package com.mobileapiconnect.bridge.erp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Reads the answers of systems. */
public final class AnswerJson {

    private static final JsonMapper JSON = new JsonMapper();

    private AnswerJson() {}

    /** Returns a missing node for an answer that is no JSON. */
    public static JsonNode read(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
