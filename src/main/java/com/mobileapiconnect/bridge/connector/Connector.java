package com.mobileapiconnect.bridge.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * A way to reach a target.
 *
 * @param properties the JSON Schema of what a connection of it may set
 */
public record Connector(String name, String title, String description, JsonNode properties) {

    public static final Connector WEBHOOK = new Connector(
            "webhook",
            "Webhook",
            "A signed POST of the message as JSON to outboundUrl.",
            JsonNodeFactory.instance.objectNode().put("type", "object").put("additionalProperties", false));

    /** All there are, by name counting down. */
    static final List<Connector> ALL = List.of(WEBHOOK);

    public static List<String> names() {
        return ALL.stream().map(Connector::name).toList();
    }
}
