package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.rule.RuleTrace;
import com.mobileapiconnect.bridge.rule.Subject;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what rules would do, stored ones or drafts; nothing is stored or sent. */
@RestController
@RequestMapping("/v1/rules")
class DryRunResource {

    private static final int MAX_ID = 64;
    private static final int MAX_DRAFTS = 1_000;

    private final Rulebooks rulebooks;
    private final RuleFields ruleFields;
    private final SampleFields sampleFields;
    private final RuleReplay replay;
    private final Targets targets;
    private final Tenants tenants;
    private final Limits limits;

    DryRunResource(
            Rulebooks rulebooks,
            RuleFields ruleFields,
            SampleFields sampleFields,
            RuleReplay replay,
            Targets targets,
            Tenants tenants,
            Limits limits) {
        this.rulebooks = rulebooks;
        this.ruleFields = ruleFields;
        this.sampleFields = sampleFields;
        this.replay = replay;
        this.targets = targets;
        this.tenants = tenants;
        this.limits = limits;
    }

    /** @param evaluation as in a message's story */
    record Verdict(@Nullable String matchedRuleId, List<RuleTrace> evaluation, List<Record> actions) {}

    @PostMapping("/test")
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    Verdict test(Caller.OfTenant caller, JsonBody body) {
        List<Problem.FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body.node(), "", errors).allow("message", "rules");
        Fields given = fields.object("message");
        if (given == null && fields.raw("message") == null) {
            fields.wrong("message", "must be given, such as {\"from\":\"919876543210\",\"text\":\"balance\"}");
        }
        InboundMessage message = given == null ? null : sampleFields.read(given, caller.tenantId());
        RuleSet rules = rules(caller.tenantId(), fields, errors);
        fields.orThrow();
        if (message == null) {
            throw new IllegalStateException("A missing message is an error");
        }
        Decision decision =
                rules.decide(Subject.of(message), tenants.get(caller.tenantId()).name());
        return new Verdict(
                decision.matchedRuleId(),
                rules.explain(message),
                ActionKinds.previews(decision, targets));
    }

    @PostMapping("/replay")
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    RuleReplay.Result replay(Caller.OfTenant caller, JsonBody body) {
        List<Problem.FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body.node(), "", errors).allow("rules", "since", "until");
        Instant since = fields.time("since");
        Instant until = fields.time("until");
        RuleSet rules = rules(caller.tenantId(), fields, errors);
        fields.orThrow();
        return replay.run(caller.tenantId(), rules, since, until);
    }

    /** Returns the drafts, in their order if priorities are equal; without drafts the stored rules. */
    private RuleSet rules(String tenantId, Fields fields, List<Problem.FieldError> errors) {
        JsonNode list = fields.raw("rules");
        if (list == null) {
            return rulebooks.of(tenantId);
        }
        if (!list.isArray() || list.size() > MAX_DRAFTS) {
            fields.wrong("rules", "must be a list of at most " + MAX_DRAFTS + " rules");
            return RuleSet.NONE;
        }
        List<Rule> drafts = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String path = "rules[" + i + "]";
            JsonNode json = list.get(i);
            if (!json.isObject()) {
                fields.wrong(path, "must be a rule as in POST /v1/rules");
                continue;
            }
            String given = json.path("id").asText();
            String id = given.isEmpty() || given.length() > MAX_ID || !ids.add(given) ? "draft_" + (i + 1) : given;
            Rule old = rulebooks.of(tenantId).find(id).orElse(RuleResource.blank(id, Instant.EPOCH, Instant.EPOCH));
            Instant age = Instant.ofEpochSecond(i);
            Rule blank = new Rule(id, "", true, 0, old.when(), old.actions(), false, 0, age, age);
            drafts.add(ruleFields
                    .read(ruleFields.place(tenantId, path + ".", errors), json, blank, true)
                    .rule());
        }
        if (!errors.isEmpty()) {
            return RuleSet.NONE;
        }
        RuleSet rules = RuleSet.of(0, drafts);
        int stored = rulebooks.of(tenantId).mostActions();
        limits.check(tenantId, Limit.ACTIONS_PER_MESSAGE, "rules", stored, rules.mostActions());
        return rules;
    }
}
