package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A rule as the API shows it. */
record ShownRule(
        String id,
        String name,
        boolean enabled,
        int priority,
        JsonNode when,
        List<JsonNode> then,
        @JsonProperty("continue") boolean continues,
        long version,
        String createdAt) {}
