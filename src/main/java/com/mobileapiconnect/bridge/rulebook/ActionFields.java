package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.destination.Signing;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.TargetFields;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Template;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the actions of a rule. */
@Component
class ActionFields {

    private static final int MAX_REPLY = 1_600;
    private static final int MAX_SUBJECT = 200;
    private static final int MAX_MAIL = 20_000;
    private static final int MAX_RECIPIENTS = 50;
    private static final int MAX_ADDRESS = 254;
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
            + "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    private final TargetFields targetFields;
    private final Targets targets;
    private final Clock clock;

    ActionFields(TargetFields targetFields, Targets targets, Clock clock) {
        this.targetFields = targetFields;
        this.targets = targets;
        this.clock = clock;
    }

    /**
     * Returns the id of the action that a request means; empty for a new one. A connection has the {@code id} of its
     * own.
     */
    static String idOf(JsonNode json) {
        boolean connection = json.path("type").asText().equals("connection");
        return json.path(connection ? "actionId" : "id").asText();
    }

    /** Returns null for an invalid action, after reporting the problem. */
    @Nullable Action read(RuleFields.Place place, JsonNode json, String id, String ruleName, Consumer<Target> made) {
        Fields fields = Fields.of(json, place.path(), place.errors());
        Kind kind = new Kind(place.tenantId(), id, ruleName, made);
        return switch (json.path("type").asText()) {
            case "reply" -> reply(fields, kind);
            case "email" -> email(fields, kind);
            case "webhook" -> webhook(fields, kind);
            case "connection" -> connection(place, fields, kind);
            default -> {
                fields.wrong("type", "must be one of reply, email, webhook, connection");
                yield null;
            }
        };
    }

    private record Kind(String tenantId, String id, String ruleName, Consumer<Target> made) {}

    private @Nullable Action reply(Fields fields, Kind kind) {
        fields.allow("type", "text", "maxSegments", "id");
        Template text = template(fields, "text", MAX_REPLY, true);
        int segments = fields.integer("maxSegments", 1, Action.Reply.MOST_SEGMENTS, Action.Reply.DEFAULT_SEGMENTS);
        make(kind, Target.Type.REPLY, "reply", null, Signing.NONE);
        return text == null ? null : new Action.Reply(kind.id(), text, segments);
    }

    private @Nullable Action email(Fields fields, Kind kind) {
        fields.allow("type", "to", "subject", "text", "id");
        List<String> to = recipients(fields);
        Template subject = template(fields, "subject", MAX_SUBJECT, true);
        Template text = template(fields, "text", MAX_MAIL, false);
        if (subject != null && Fields.hasControls(subject.toString())) {
            fields.wrong("subject", "must be a single line without control characters");
        }
        make(kind, Target.Type.EMAIL, "email", null, Signing.NONE);
        return subject == null || text == null ? null : new Action.Email(kind.id(), to, subject, text);
    }

    private @Nullable Action webhook(Fields fields, Kind kind) {
        fields.allow("type", "url", "secret", "id", "signing", "status", "statusReason");
        String url = targetFields.url(fields, "url", kind.tenantId(), true);
        Signing old = targets.ofTenant(kind.tenantId(), kind.id())
                .map(Target::signing)
                .orElse(Signing.NONE);
        make(kind, Target.Type.RULE_WEBHOOK, "webhook", url, TargetFields.signing(fields, old));
        return url == null ? null : new Action.Webhook(kind.id(), url);
    }

    private static @Nullable Action connection(RuleFields.Place place, Fields fields, Kind kind) {
        fields.allow("type", "id", "actionId", "name");
        String id = fields.text("id", 64);
        String found = id == null ? null : place.connections().apply(id);
        if (found == null) {
            fields.wrong("id", "must be the id of one of your connections, con_…");
        }
        return found == null ? null : new Action.Connection(kind.id(), found);
    }

    @Nullable String connectionOf(String tenantId, String id) {
        return targets.ofTenant(tenantId, id)
                .filter(target -> target.type() == Target.Type.CONNECTION)
                .map(Target::id)
                .orElse(null);
    }

    private static List<String> recipients(Fields fields) {
        JsonNode list = fields.raw("to");
        List<String> to = new ArrayList<>();
        if (list == null || !list.isArray() || list.isEmpty() || list.size() > MAX_RECIPIENTS) {
            fields.wrong("to", "must be a list of 1 to " + MAX_RECIPIENTS + " e-mail addresses");
            return to;
        }
        for (int i = 0; i < list.size(); i++) {
            String address = list.get(i).asText();
            if (list.get(i).isTextual()
                    && address.length() <= MAX_ADDRESS
                    && ADDRESS.matcher(address).matches()) {
                to.add(address);
            } else {
                fields.wrong("to[" + i + "]", "must be an e-mail address such as \"ops@example.com\"");
            }
        }
        return to;
    }

    private static @Nullable Template template(Fields fields, String name, int max, boolean filled) {
        String source = fields.text(name, max);
        if (source == null || (filled && source.isBlank())) {
            if (source != null || fields.raw(name) == null) {
                fields.wrong(name, "must be given, such as \"Hi {{from}}\"");
            }
            return null;
        }
        return Template.parse(source, error -> fields.wrong(name, error));
    }

    private void make(Kind kind, Target.Type type, String connector, @Nullable String url, Signing signing) {
        Instant now = clock.instant();
        Target old = targets.ofTenant(kind.tenantId(), kind.id())
                .orElseGet(() -> Target.blank(new Target.Key(kind.id(), kind.tenantId(), type), connector, now));
        String name = kind.ruleName().isEmpty() ? type.wireName() : kind.ruleName() + ": " + type.wireName();
        kind.made().accept(old.asAction(name, url, signing, now));
    }
}
