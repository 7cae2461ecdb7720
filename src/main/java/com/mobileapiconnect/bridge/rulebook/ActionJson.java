package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.Template;

/** Reads the JSON of actions that the bridge itself has written. */
final class ActionJson {

    private static final JsonMapper JSON = new JsonMapper();

    private ActionJson() {}

    /** Reads a stored template; throws an {@link IllegalArgumentException} if it is no longer valid. */
    static Template template(JsonNode json, String name) {
        Template template = Template.parse(json.path(name).asText(), error -> {});
        if (template == null) {
            throw new IllegalArgumentException("No template any more: " + name);
        }
        return template;
    }

    /** Reads the body that was rendered for a sender. */
    static <T> T body(Decision.Planned planned, Class<T> as) {
        try {
            return JSON.readValue(planned.rendered().body(), as);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A rendered body cannot be read as " + as.getSimpleName(), e);
        }
    }
}
