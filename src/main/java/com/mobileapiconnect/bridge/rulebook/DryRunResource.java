package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.rule.RuleTrace;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what rules would do to a message, stored ones or drafts; nothing is stored or sent. */
@RestController
@OpenTo(Scope.RULES)
class DryRunResource {

    private final Drafts drafts;
    private final RuleBudget budget;
    private final SampleFields sampleFields;
    private final Targets targets;
    private final Tenants tenants;
    private final ReplyOutlook replies;

    DryRunResource(
            Drafts drafts,
            RuleBudget budget,
            SampleFields sampleFields,
            Targets targets,
            Tenants tenants,
            ReplyOutlook replies) {
        this.drafts = drafts;
        this.budget = budget;
        this.sampleFields = sampleFields;
        this.targets = targets;
        this.tenants = tenants;
        this.replies = replies;
    }

    /** @param evaluation as in a message's story */
    record Verdict(@Nullable String matchedRuleId, List<RuleTrace> evaluation, List<Record> actions) {}

    @PostMapping("/v1/rules/test")
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    Verdict test(Caller.OfTenant caller, JsonBody body) {
        List<Problem.FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body.node(), "", errors).allow("message", "rules");
        Fields given = fields.object("message");
        if (given == null && fields.raw("message") == null) {
            fields.wrong("message", "must be given, such as {\"from\":\"919876543210\",\"text\":\"balance\"}");
        }
        InboundMessage message = given == null ? null : sampleFields.read(given, caller.tenantId());
        RuleSet rules = drafts.read(caller.tenantId(), fields, errors);
        fields.orThrow();
        if (message == null) {
            throw new IllegalStateException("A missing message is an error");
        }
        Decision decision;
        List<RuleTrace> evaluation;
        try (RuleBudget.Turn turn = budget.ofPeople(caller.tenantId())) {
            decision = rules.decide(
                    turn.subject(message), tenants.get(caller.tenantId()).name());
            evaluation = turn.explain(rules, message);
        }
        ActionKind.Now now = new ActionKind.Now(targets, suppression(decision, message));
        return new Verdict(decision.matchedRuleId(), evaluation, ActionKinds.previews(decision, now));
    }

    private @Nullable String suppression(Decision decision, InboundMessage message) {
        return decision.actions().stream().anyMatch(planned -> planned.action() instanceof Action.Reply)
                ? replies.suppression(message)
                : null;
    }
}
