package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Template;
import java.util.ArrayList;
import java.util.List;

/** Actions as they are stored, and as the API shows them; secrets are their targets' and never among it. */
final class ActionJson {

    private ActionJson() {}

    /** The connection that an action names has the {@code id} there; the action's own is {@code actionId} then. */
    static ObjectNode write(Action action) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!(action instanceof Action.Connection)) {
            json.put("id", action.id());
        }
        json.put("type", action.type());
        if (action instanceof Action.Reply reply) {
            json.put("text", reply.text().toString());
            json.put("maxSegments", reply.maxSegments());
        } else if (action instanceof Action.Email email) {
            ArrayNode to = json.putArray("to");
            email.to().forEach(to::add);
            json.put("subject", email.subject().toString());
            json.put("text", email.text().toString());
        } else if (action instanceof Action.Webhook webhook) {
            json.put("url", webhook.url());
        } else if (action instanceof Action.Connection connection) {
            json.put("id", connection.connectionId());
            json.put("actionId", connection.id());
        }
        return json;
    }

    /** Throws an {@link IllegalArgumentException} when it was valid once and is no more. */
    static Action read(JsonNode json) {
        String id = json.path("id").asText();
        String type = json.path("type").asText();
        return switch (type) {
            case "reply" ->
                new Action.Reply(
                        id, template(json, "text"), json.path("maxSegments").asInt());
            case "email" -> {
                List<String> to = new ArrayList<>();
                json.path("to").forEach(recipient -> to.add(recipient.asText()));
                yield new Action.Email(id, to, template(json, "subject"), template(json, "text"));
            }
            case "webhook" -> new Action.Webhook(id, json.path("url").asText());
            case "connection" -> new Action.Connection(json.path("actionId").asText(), id);
            default -> throw new IllegalArgumentException("No such action: " + type);
        };
    }

    private static Template template(JsonNode json, String name) {
        Template template = Template.parse(json.path(name).asText(), error -> {});
        if (template == null) {
            throw new IllegalArgumentException("No template any more: " + name);
        }
        return template;
    }
}
