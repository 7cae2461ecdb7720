package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.Segments;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An action as it would run. */
sealed interface ActionPreview {

    JsonMapper JSON = new JsonMapper();

    record Reply(
            String ruleId,
            String actionId,
            String type,
            @JsonUnwrapped Sms sms,
            boolean truncated,
            String encoding,
            int segments)
            implements ActionPreview {}

    record Email(
            String ruleId,
            String actionId,
            String type,
            @JsonUnwrapped Mail mail,
            boolean truncated) implements ActionPreview {}

    record Webhook(String ruleId, String actionId, String type, String url) implements ActionPreview {}

    /** @param enabled also false for a deleted connection, for which nothing is made either */
    record Connection(
            String ruleId,
            String actionId,
            String type,
            String id,
            @Nullable String name,
            boolean enabled) implements ActionPreview {}

    /** The body that the sender of replies receives. */
    record Sms(
            String to,
            String text,
            @Nullable String ref,
            @Nullable Integer sim,
            String deviceId) {}

    /** The body that the sender of e-mails receives. */
    record Mail(List<String> to, String subject, String text) {}

    static ActionPreview of(Decision.Planned planned, Targets targets) {
        Action action = planned.action();
        String rule = planned.ruleId();
        String type = action.type();
        boolean cut = planned.rendered().isCut();
        if (action instanceof Action.Webhook webhook) {
            return new Webhook(rule, action.id(), type, webhook.url());
        }
        if (action instanceof Action.Connection connection) {
            Target target = targets.find(connection.connectionId()).orElse(null);
            return new Connection(
                    rule,
                    action.id(),
                    type,
                    connection.connectionId(),
                    target == null ? null : target.name(),
                    target != null && target.enabled());
        }
        if (action instanceof Action.Reply) {
            Sms sms = body(planned, Sms.class);
            Segments segments = Segments.of(sms.text());
            return new Reply(rule, action.id(), type, sms, cut, segments.encoding(), segments.count());
        }
        return new Email(rule, action.id(), type, body(planned, Mail.class), cut);
    }

    private static <T> T body(Decision.Planned planned, Class<T> as) {
        try {
            return JSON.readValue(planned.rendered().body(), as);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A rendered body cannot be read as " + as.getSimpleName(), e);
        }
    }
}
