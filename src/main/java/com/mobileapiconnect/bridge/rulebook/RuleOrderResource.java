package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Versioned;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The order in which rules are tried, as a whole: it changes at once or not at all. */
@RestController
@RequestMapping("/v1/rules/order")
@OpenTo(Scope.RULES)
class RuleOrderResource {

    private static final int MOST_FAULTS = 20;
    private static final int MOST_NAMED = 5;

    private final Rulebooks rulebooks;
    private final RuleChanges changes;
    private final Clock clock;

    RuleOrderResource(Rulebooks rulebooks, RuleChanges changes, Clock clock) {
        this.rulebooks = rulebooks;
        this.changes = changes;
        this.clock = clock;
    }

    /** @param version of all rules, which every change of one of them changes too */
    record OrderView(List<String> rules, long version) implements Versioned {

        private static OrderView of(RuleSet rules) {
            return new OrderView(
                    rules.rules().stream().sorted(Rule.ORDER).map(Rule::id).toList(), rules.version());
        }
    }

    @GetMapping
    OrderView get(Caller.OfTenant caller) {
        return OrderView.of(rulebooks.of(caller.tenantId()));
    }

    @PutMapping
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    OrderView replace(Caller.OfTenant caller, IfMatch ifMatch, JsonBody body) {
        RuleChanges.Done done = changes.change(caller, standing -> {
            ifMatch.check(standing.version());
            List<Rule> changed = RuleOrder.changed(read(body, standing), WireTime.truncate(clock.instant()));
            Audit.Entry note = new Audit.Entry("rules.order", caller.tenantId(), names(changed));
            return new RuleChanges.Wanted(
                    changed.stream()
                            .map(rule -> new RuleDraft("", rule, List.of()))
                            .toList(),
                    Set.of(),
                    note);
        });
        return OrderView.of(done.rules());
    }

    /** Reads the ids of all rules. Throws a 422 problem that names those that are unknown, doubled or left out. */
    private static List<Rule> read(JsonBody body, RuleSet standing) {
        Fields fields = Fields.of(body).allow("rules", "version"); // given by GET, accepted and ignored
        JsonNode list = fields.raw("rules");
        Map<String, Rule> left = new LinkedHashMap<>();
        standing.rules().forEach(rule -> left.put(rule.id(), rule));
        List<Rule> order = new ArrayList<>();
        if (list == null || !list.isArray()) {
            fields.wrong("rules", "must be the list of the ids of all rules, in their order");
            fields.orThrow();
            return order;
        }
        for (int i = 0; i < list.size() && fields.faults() < MOST_FAULTS; i++) {
            String id = list.get(i).asText();
            Rule rule = left.remove(id);
            if (rule != null) {
                order.add(rule);
            } else {
                String why = standing.find(id).isPresent() ? "is there twice" : "must be the id of a rule";
                fields.wrong("rules[" + i + "]", why);
            }
        }
        if (!left.isEmpty() && fields.faults() < MOST_FAULTS) {
            fields.wrong("rules", "must name each rule once; left out: " + names(left.values()));
        }
        fields.orThrow();
        return order;
    }

    private static String names(Collection<Rule> rules) {
        String some = rules.stream().limit(MOST_NAMED).map(Rule::name).collect(Collectors.joining(", "));
        return rules.size() > MOST_NAMED ? some + " and " + (rules.size() - MOST_NAMED) + " more" : some;
    }
}
