package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.Segments;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Decision;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An action as it would run. */
final class ActionPreview {

    private static final JsonMapper JSON = new JsonMapper();

    private ActionPreview() {}

    static Map<String, @Nullable Object> of(Decision.Planned planned, Targets targets) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        Action action = planned.action();
        JsonNode body = parse(planned.rendered().body());
        view.put("ruleId", planned.ruleId());
        view.put("actionId", action.id());
        view.put("type", action.type());
        if (action instanceof Action.Webhook webhook) {
            view.put("url", webhook.url());
        } else if (action instanceof Action.Connection) {
            Target target = targets.find(action.targetId()).orElse(null);
            view.put("id", action.targetId());
            view.put("name", target == null ? null : target.name());
            // Deleted or switched off since: nothing is made for it.
            view.put("enabled", target != null && target.enabled());
        } else {
            body.properties().forEach(member -> view.put(member.getKey(), member.getValue()));
            view.put("truncated", planned.rendered().isCut());
        }
        if (action instanceof Action.Reply) {
            Segments segments = Segments.of(body.path("text").asText());
            view.put("encoding", segments.encoding());
            view.put("segments", segments.count());
        }
        return view;
    }

    private static JsonNode parse(@Nullable String body) {
        try {
            return JSON.readTree(body == null ? "{}" : body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was rendered as JSON is none", e);
        }
    }
}
