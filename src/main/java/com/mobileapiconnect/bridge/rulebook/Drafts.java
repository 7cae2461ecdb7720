package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.rule.Budget;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads the rules of a dry run: drafts, within the same budget as rules that are saved, or the stored ones. */
@Component
class Drafts {

    private static final int MAX_ID = 64;
    private static final int MAX_DRAFTS = 1_000;

    private final Rulebooks rulebooks;
    private final RuleFields ruleFields;
    private final Limits limits;
    private final Budget budget;

    Drafts(Rulebooks rulebooks, RuleFields ruleFields, Limits limits, Budget budget) {
        this.rulebooks = rulebooks;
        this.ruleFields = ruleFields;
        this.limits = limits;
        this.budget = budget;
    }

    /** Returns the drafts, in their order if priorities are equal; without drafts the stored rules. */
    RuleSet read(String tenantId, Fields fields, List<Problem.FieldError> errors) {
        JsonNode list = fields.raw("rules");
        if (list == null) {
            return rulebooks.of(tenantId);
        }
        if (!list.isArray() || list.size() > MAX_DRAFTS) {
            fields.wrong("rules", "must be a list of at most " + MAX_DRAFTS + " rules");
            return RuleSet.NONE;
        }
        List<RuleDraft> drafts = drafts(tenantId, list, fields, errors);
        if (!errors.isEmpty()) {
            return RuleSet.NONE;
        }
        RuleSet rules = RuleSet.of(0, drafts.stream().map(RuleDraft::rule).toList());
        int stored = rulebooks.of(tenantId).mostActions();
        limits.check(tenantId, Limit.ACTIONS_PER_MESSAGE, "rules", stored, rules.mostActions());
        if (rules.steps() > Math.max(budget.steps(), rulebooks.of(tenantId).steps())) {
            drafts.stream()
                    .max(Comparator.comparingLong(draft -> draft.rule().steps()))
                    .ifPresent(costliest -> errors.add(new Problem.FieldError(
                            costliest.path() + "when",
                            budget.exceededBy(costliest.rule().steps(), rules.steps()))));
        }
        return rules;
    }

    private List<RuleDraft> drafts(String tenantId, JsonNode list, Fields fields, List<Problem.FieldError> errors) {
        List<RuleDraft> drafts = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        RuleSet stored = rulebooks.of(tenantId);
        RulePlace place = ruleFields.place(tenantId, "", errors);
        for (int i = 0; i < list.size(); i++) {
            String path = "rules[" + i + "]";
            JsonNode json = list.get(i);
            if (!json.isObject()) {
                fields.wrong(path, "must be a rule as in POST /v1/rules");
                continue;
            }
            String given = json.path("id").asText();
            String id = given.isEmpty() || given.length() > MAX_ID || !ids.add(given) ? "draft_" + (i + 1) : given;
            Rule old = stored.find(id).orElse(RuleResource.blank(id, Instant.EPOCH, Instant.EPOCH));
            Instant age = Instant.ofEpochSecond(i);
            Rule blank = new Rule(id, "", true, 0, old.when(), old.actions(), false, 0, age, age);
            drafts.add(ruleFields.read(place.in(path + "."), json, blank, true));
        }
        return drafts;
    }
}
