package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An action as stored and as the API shows it. Secrets belong to the action's target and are never included. */
sealed interface ActionView {

    record Reply(String id, String type, String text, int maxSegments) implements ActionView {}

    record Email(String id, String type, List<String> to, String subject, String text) implements ActionView {}

    record Webhook(String id, String type, String url) implements ActionView {}

    /** A webhook of a rule, with whether it signs and whether a 410 has disabled it. */
    record LiveWebhook(
            String id,
            String type,
            String url,
            boolean signing,
            String status,
            @Nullable String statusReason) implements ActionView {}

    /** @param id the connection's id; the action's own is {@code actionId} */
    record Connection(String type, String id, String actionId) implements ActionView {}

    static ActionView of(Action action) {
        String type = action.type();
        if (action instanceof Action.Reply reply) {
            return new Reply(reply.id(), type, reply.text().toString(), reply.maxSegments());
        }
        if (action instanceof Action.Email email) {
            return new Email(
                    email.id(),
                    type,
                    email.to(),
                    email.subject().toString(),
                    email.text().toString());
        }
        if (action instanceof Action.Webhook webhook) {
            return new Webhook(webhook.id(), type, webhook.url());
        }
        if (action instanceof Action.Connection connection) {
            return new Connection(type, connection.connectionId(), connection.id());
        }
        throw new IllegalStateException("No view of an action of type " + type);
    }

    static ActionView of(Action action, Targets targets) {
        Target target = targets.find(action.targetId()).orElse(null);
        return action instanceof Action.Webhook webhook && target != null
                ? new LiveWebhook(
                        webhook.id(),
                        webhook.type(),
                        webhook.url(),
                        target.signing().current() != null,
                        target.status().wireName(),
                        target.statusReason())
                : of(action);
    }

    /** Reads a stored action; throws an {@link IllegalArgumentException} if it is no longer valid. */
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
