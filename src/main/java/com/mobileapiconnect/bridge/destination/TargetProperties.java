package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The settings of a target for its connector.
 *
 * @param plain all properties that are not secret; must not be changed
 * @param secrets by name
 */
public record TargetProperties(JsonNode plain, Map<String, Redacted> secrets) {

    public static final TargetProperties NONE = new TargetProperties(JsonNodeFactory.instance.objectNode(), Map.of());

    public TargetProperties {
        secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    }

    /** Returns whether a secret has to be given yet. */
    boolean lacksSecret() {
        if (secrets.isEmpty()) {
            return false;
        }
        for (Redacted secret : secrets.values()) {
            if (secret.isUnknown()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the properties as the API shows them: a secret is {@code true}. */
    JsonNode shown() {
        return with(secret -> BooleanNode.TRUE);
    }

    /** Returns the properties as their schema checks them. */
    JsonNode opened() {
        return with(secret -> TextNode.valueOf(secret.reveal()));
    }

    private JsonNode with(Function<Redacted, JsonNode> shape) {
        ObjectNode all = plain.deepCopy();
        secrets.forEach((name, secret) -> all.set(name, shape.apply(secret)));
        return all;
    }
}
