package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.rule.When;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints of rules; a change takes effect with its answer. */
@RestController
@RequestMapping("/v1/rules")
@OpenTo(Scope.RULES)
class RuleResource {

    private final Rulebooks rulebooks;
    private final RuleFields fields;
    private final RuleChanges changes;
    private final Targets targets;
    private final Clock clock;

    RuleResource(Rulebooks rulebooks, RuleFields fields, RuleChanges changes, Targets targets, Clock clock) {
        this.rulebooks = rulebooks;
        this.fields = fields;
        this.changes = changes;
        this.targets = targets;
        this.clock = clock;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    RuleView create(Caller.OfTenant caller, JsonBody body) {
        return save(caller, "rule.create", body, standing -> {
            Instant createdAt = changes.nextCreation(standing);
            return blank(Ids.timeOrdered("rule_", createdAt), createdAt, createdAt);
        });
    }

    /** Makes a rule that has only its identity. */
    static Rule blank(String id, Instant createdAt, Instant updatedAt) {
        return new Rule(id, "", true, 0, When.EVERYTHING, List.of(), false, 0, createdAt, updatedAt);
    }

    @GetMapping
    Page<RuleView> list(Caller.OfTenant caller, Page.Request page) {
        return Page.of(
                        rulebooks.of(caller.tenantId()).rules().stream()
                                .sorted(Comparator.comparing(Rule::id).reversed()),
                        page,
                        "rule_",
                        Rule::id)
                .map(rule -> RuleView.of(rule, targets));
    }

    @GetMapping("/{id}")
    RuleView get(Caller.OfTenant caller, @PathVariable String id) {
        return RuleView.of(find(caller, id), targets);
    }

    @PutMapping("/{id}")
    RuleView replace(Caller.OfTenant caller, @PathVariable String id, IfMatch ifMatch, JsonBody body) {
        return save(caller, "rule.update", body, standing -> {
            Rule old = find(standing, id);
            ifMatch.check(old.version());
            Instant now = WireTime.truncate(clock.instant());
            return new Rule(id, "", true, 0, When.EVERYTHING, old.actions(), false, 0, old.createdAt(), now);
        });
    }

    /** Deletes a rule; deliveries under way to its actions continue. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller.OfTenant caller, @PathVariable String id, IfMatch ifMatch) {
        changes.change(caller, standing -> {
            Rule rule = find(standing, id);
            ifMatch.check(rule.version());
            return new RuleChanges.Wanted(List.of(), Set.of(id), new Audit.Entry("rule.delete", id, rule.name()));
        });
    }

    /** @param replaced the rule that is replaced, or a blank one, of those that stand */
    private RuleView save(Caller.OfTenant caller, String action, JsonBody body, Function<RuleSet, Rule> replaced) {
        RuleChanges.Done done = changes.change(caller, standing -> {
            Rule old = replaced.apply(standing);
            List<Problem.FieldError> errors = new ArrayList<>();
            RuleDraft draft = fields.read(fields.place(caller.tenantId(), "", errors), body.node(), old, false);
            if (!errors.isEmpty()) {
                throw Problem.invalid(errors);
            }
            Audit.Entry note = new Audit.Entry(action, old.id(), draft.rule().name());
            return new RuleChanges.Wanted(List.of(draft), Set.of(), note);
        });
        return RuleView.of(find(done.rules(), done.wanted().note().subject()), targets);
    }

    private Rule find(Caller.OfTenant caller, String id) {
        return find(rulebooks.of(caller.tenantId()), id);
    }

    private static Rule find(RuleSet rules, String id) {
        return rules.find(id).orElseThrow(() -> Problem.notFound("rule " + id));
    }
}
