package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.mobileapiconnect.bridge.destination.Answers;
import com.mobileapiconnect.bridge.destination.FailureWhen;
import com.mobileapiconnect.bridge.destination.Form;
import com.mobileapiconnect.bridge.destination.FormView;
import com.mobileapiconnect.bridge.destination.HttpOptionsView;
import com.mobileapiconnect.bridge.destination.Statuses;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The payload, sent to a URL of the rule's own. */
final class WebhookKind implements ActionKind<Action.Webhook> {

    record View(String id, String type, String url) {}

    /**
     * A webhook of a rule as a file has it.
     *
     * @param secret true if there is one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FileView(
            String id,
            String type,
            String url,
            @Nullable Boolean secret,
            @Nullable List<Statuses> success,
            @Nullable FailureWhen failureWhen,
            @Nullable String replyFrom,
            @Nullable HttpOptionsView http,

            @JsonSerialize(using = ToStringSerializer.class) @Nullable Duration expiresAfter,

            @JsonUnwrapped @Nullable FormView form) {}

    /** A webhook of a rule, with whether it signs and whether a 410 has disabled it. */
    record LiveView(
            String id,
            String type,
            String url,
            List<Statuses> success,
            @Nullable FailureWhen failureWhen,
            @Nullable String replyFrom,
            @Nullable HttpOptionsView http,

            @JsonSerialize(using = ToStringSerializer.class) @Nullable Duration expiresAfter,

            @JsonUnwrapped FormView form,
            boolean signing,
            String status,
            @Nullable String statusReason) {}

    record Preview(String ruleId, String actionId, String type, String url) {}

    @Override
    public String type() {
        return Action.Webhook.TYPE;
    }

    @Override
    public Class<Action.Webhook> actions() {
        return Action.Webhook.class;
    }

    @Override
    public Action.@Nullable Webhook read(ActionRequest request) {
        request.fields()
                .allow(
                        "type",
                        "url",
                        "secret",
                        "success",
                        "failureWhen",
                        "replyFrom",
                        "http",
                        "expiresAfter",
                        "metadata",
                        "payload",
                        "signatureHeader",
                        "id",
                        "signing",
                        "status",
                        "statusReason");
        String url = request.url("url");
        request.makeTarget(Target.Type.RULE_WEBHOOK, "webhook", url);
        return url == null ? null : new Action.Webhook(request.id(), url);
    }

    @Override
    public Action.Webhook stored(JsonNode json) {
        return new Action.Webhook(json.path("id").asText(), json.path("url").asText());
    }

    @Override
    public boolean isSame(Action.Webhook webhook, JsonNode json) {
        return json.path("url").asText().equals(webhook.url());
    }

    @Override
    public boolean hasReceiver() {
        return true;
    }

    @Override
    public Record view(Action.Webhook webhook) {
        return new View(webhook.id(), webhook.type(), webhook.url());
    }

    @Override
    public Record shown(Action.Webhook webhook, Targets targets) {
        Target target = targets.find(webhook.targetId()).orElse(null);
        return target == null
                ? view(webhook)
                : new LiveView(
                        webhook.id(),
                        webhook.type(),
                        webhook.url(),
                        target.answers().success(),
                        target.answers().failureWhen(),
                        replyFrom(target.answers()),
                        HttpOptionsView.of(target.http()),
                        target.pace().expiresAfter(),
                        FormView.of(target.form()),
                        target.signing().current() != null,
                        target.status().wireName(),
                        target.statusReason());
    }

    @Override
    public Record inFile(Action.Webhook webhook, Function<String, Optional<Target>> targets) {
        Target target = targets.apply(webhook.targetId()).orElse(null);
        Answers answers = target == null ? Answers.DEFAULT : target.answers();
        return new FileView(
                webhook.id(),
                webhook.type(),
                webhook.url(),
                target == null || target.signing().current() == null ? null : true,
                answers.equals(Answers.DEFAULT) ? null : answers.success(),
                answers.failureWhen(),
                replyFrom(answers),
                target == null ? null : HttpOptionsView.of(target.http()),
                target == null ? null : target.pace().expiresAfter(),
                target == null || target.form().equals(Form.PLAIN) ? null : FormView.of(target.form()));
    }

    private static @Nullable String replyFrom(Answers answers) {
        return answers.replyFrom() == null ? null : answers.replyFrom().toString();
    }

    @Override
    public Record preview(Decision.Planned planned, Action.Webhook webhook, Now now) {
        return new Preview(planned.ruleId(), webhook.id(), webhook.type(), webhook.url());
    }
}
