package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.Segments;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.Template;
import org.jspecify.annotations.Nullable;

/** An SMS back to the sender. */
final class ReplyKind implements ActionKind<Action.Reply> {

    private static final int MAX_TEXT = 1_600;

    record View(String id, String type, String text, int maxSegments) {}

    /** A reply of a rule, with whether it goes out. */
    record LiveView(
            @JsonUnwrapped View reply,
            String status,
            @Nullable String statusReason) {}

    record Preview(
            String ruleId,
            String actionId,
            String type,
            @JsonUnwrapped Sms sms,
            boolean truncated,
            String encoding,
            int segments,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String suppressed) {}

    /** The body that the sender of replies receives. */
    record Sms(
            String to,
            String text,
            @Nullable String ref,
            @Nullable Integer sim,
            String deviceId) {}

    @Override
    public String type() {
        return Action.Reply.TYPE;
    }

    @Override
    public Class<Action.Reply> actions() {
        return Action.Reply.class;
    }

    @Override
    public Action.@Nullable Reply read(ActionRequest request) {
        request.fields().allow("type", "text", "maxSegments", "id", "status", "statusReason");
        Template text = request.template("text", MAX_TEXT, true);
        int segments =
                request.fields().integer("maxSegments", 1, Action.Reply.MOST_SEGMENTS, Action.Reply.DEFAULT_SEGMENTS);
        request.makeTarget(Target.Type.REPLY, "reply");
        return text == null ? null : new Action.Reply(request.id(), text, segments);
    }

    @Override
    public Action.Reply stored(JsonNode json) {
        return new Action.Reply(
                json.path("id").asText(),
                ActionJson.template(json, "text"),
                json.path("maxSegments").asInt());
    }

    @Override
    public boolean isSame(Action.Reply reply, JsonNode json) {
        return json.path("text").asText().equals(reply.text().toString());
    }

    @Override
    public View view(Action.Reply reply) {
        return new View(reply.id(), reply.type(), reply.text().toString(), reply.maxSegments());
    }

    @Override
    public Record shown(Action.Reply reply, Targets targets) {
        Target target = targets.find(reply.targetId()).orElse(null);
        return target == null
                ? view(reply)
                : new LiveView(view(reply), target.status().wireName(), target.statusReason());
    }

    @Override
    public Record preview(Decision.Planned planned, Action.Reply reply, Now now) {
        Sms sms = ActionJson.body(planned, Sms.class);
        Segments segments = Segments.of(sms.text());
        return new Preview(
                planned.ruleId(),
                reply.id(),
                reply.type(),
                sms,
                planned.rendered().isCut(),
                segments.encoding(),
                segments.count(),
                now.suppressed());
    }
}
