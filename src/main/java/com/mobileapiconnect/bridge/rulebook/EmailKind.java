package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An e-mail to people of the tenant's choice. */
final class EmailKind implements ActionKind<Action.Email> {

    private static final int MAX_SUBJECT = 200;
    private static final int MAX_TEXT = 20_000;
    private static final int MAX_RECIPIENTS = 50;
    private static final int MAX_ADDRESS = 254;
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
            + "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    record View(String id, String type, List<String> to, String subject, String text) {}

    /** An e-mail of a rule, with whether it goes out. */
    record LiveView(
            @JsonUnwrapped View email,
            String status,
            @Nullable String statusReason) {}

    record Preview(
            String ruleId,
            String actionId,
            String type,
            @JsonUnwrapped Mail mail,
            boolean truncated) {}

    /** The body that the sender of e-mails receives. */
    record Mail(List<String> to, String subject, String text) {}

    @Override
    public String type() {
        return Action.Email.TYPE;
    }

    @Override
    public Class<Action.Email> actions() {
        return Action.Email.class;
    }

    @Override
    public Action.@Nullable Email read(ActionRequest request) {
        Fields fields = request.fields().allow("type", "to", "subject", "text", "id", "status", "statusReason");
        List<String> to = recipients(fields);
        Template subject = request.template("subject", MAX_SUBJECT, true);
        Template text = request.template("text", MAX_TEXT, false);
        if (subject != null && Fields.hasControls(subject.toString())) {
            fields.wrong("subject", "must be a single line without control characters");
        }
        request.makeTarget(Target.Type.EMAIL, "email");
        return subject == null || text == null ? null : new Action.Email(request.id(), to, subject, text);
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
            if (address.contains("{{")) {
                fields.wrong("to[" + i + "]", "must be an address as it stands: names in {{…}} are not inserted here");
            } else if (list.get(i).isTextual()
                    && address.length() <= MAX_ADDRESS
                    && ADDRESS.matcher(address).matches()) {
                to.add(address);
            } else {
                fields.wrong("to[" + i + "]", "must be an e-mail address such as \"ops@example.com\"");
            }
        }
        return to;
    }

    @Override
    public Action.Email stored(JsonNode json) {
        List<String> to = new ArrayList<>();
        json.path("to").forEach(recipient -> to.add(recipient.asText()));
        return new Action.Email(
                json.path("id").asText(), to, ActionJson.template(json, "subject"), ActionJson.template(json, "text"));
    }

    @Override
    public boolean isSame(Action.Email email, JsonNode json) {
        List<String> to = new ArrayList<>();
        json.path("to").forEach(recipient -> to.add(recipient.asText()));
        return to.equals(email.to())
                && json.path("subject").asText().equals(email.subject().toString())
                && json.path("text").asText().equals(email.text().toString());
    }

    @Override
    public View view(Action.Email email) {
        return new View(
                email.id(),
                email.type(),
                email.to(),
                email.subject().toString(),
                email.text().toString());
    }

    @Override
    public Record shown(Action.Email email, Targets targets) {
        Target target = targets.find(email.targetId()).orElse(null);
        return target == null
                ? view(email)
                : new LiveView(view(email), target.status().wireName(), target.statusReason());
    }

    @Override
    public Record preview(Decision.Planned planned, Action.Email email, Now now) {
        return new Preview(
                planned.ruleId(),
                email.id(),
                email.type(),
                ActionJson.body(planned, Mail.class),
                planned.rendered().isCut());
    }
}
