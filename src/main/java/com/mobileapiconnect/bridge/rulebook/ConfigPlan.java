package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.destination.ConditionBudget;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.TargetFields;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.rule.Expressions;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.When;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Compares a file with a tenant's connections and rules: by id if the id is one of the tenant's, otherwise by name. */
@Component
class ConfigPlan {

    private final Rulebooks rulebooks;
    private final RuleChanges changes;
    private final RuleFields ruleFields;
    private final Targets targets;
    private final TargetFields targetFields;
    private final Limits limits;
    private final ConditionBudget budget;
    private final Clock clock;

    ConfigPlan(
            Rulebooks rulebooks,
            RuleChanges changes,
            RuleFields ruleFields,
            Targets targets,
            TargetFields targetFields,
            Limits limits,
            ConditionBudget budget,
            Clock clock) {
        this.rulebooks = rulebooks;
        this.changes = changes;
        this.ruleFields = ruleFields;
        this.targets = targets;
        this.targetFields = targetFields;
        this.limits = limits;
        this.budget = budget;
        this.clock = clock;
    }

    /** The difference that applying the file makes. */
    record Difference<T>(List<T> created, List<T> changed, List<T> removed, int unchanged) {

        static <T> Difference<T> none(int unchanged) {
            return new Difference<>(List.of(), List.of(), List.of(), unchanged);
        }

        boolean isNone() {
            return created.isEmpty() && changed.isEmpty() && removed.isEmpty();
        }

        List<T> saved() {
            List<T> saved = new ArrayList<>(created);
            saved.addAll(changed);
            return saved;
        }
    }

    /** The differences of connections and rules. A removed rule is a draft without targets. */
    record Plan(Difference<Target> connections, Difference<RuleDraft> rules) {

        boolean isNone() {
            return connections.isNone() && rules.isNone();
        }
    }

    List<Target> connections(String tenantId) {
        return targets.ofTenant(tenantId).stream()
                .filter(target -> target.type() == Target.Type.CONNECTION)
                .toList();
    }

    List<Rule> rules(String tenantId) {
        return rulebooks.of(tenantId).rules().stream().sorted(Rule.ORDER).toList();
    }

    /** Throws a 422 {@link Problem} that names each mistake. A part that the file omits stays as it is. */
    Plan of(String tenantId, JsonNode file) {
        try {
            return compare(tenantId, file);
        } catch (Problem problem) {
            throw Quotes.named(problem, file);
        }
    }

    private Plan compare(String tenantId, JsonNode file) {
        List<Problem.FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(file, "", errors).allow("version", "connections", "rules");
        fields.integer("version", ConfigYaml.VERSION, ConfigYaml.VERSION, ConfigYaml.VERSION);
        List<JsonNode> connections = list(
                fields,
                "connections",
                limit(tenantId, Limit.CONNECTIONS, connections(tenantId).size()));
        List<JsonNode> rules = list(
                fields, "rules", limit(tenantId, Limit.RULES, rules(tenantId).size()));
        fields.orThrow();
        Map<String, String> named = new HashMap<>();
        connections(tenantId).forEach(connection -> {
            if (connections == null) {
                named.put(connection.id(), connection.id());
            }
        });
        Difference<Target> ofConnections =
                connections == null ? Difference.none(named.size()) : connections(tenantId, connections, errors, named);
        Difference<RuleDraft> ofRules =
                rules == null ? Difference.none(rules(tenantId).size()) : rules(tenantId, rules, errors, named::get);
        fields.orThrow();
        return new Plan(ofConnections, ofRules);
    }

    /** A tenant that is above its limit keeps what it has. */
    private int limit(String tenantId, Limit limit, int has) {
        return Math.max(limits.of(tenantId, limit), has);
    }

    private static @Nullable List<JsonNode> list(Fields fields, String name, int max) {
        JsonNode node = fields.raw(name);
        if (node == null) {
            return null;
        }
        List<JsonNode> items = new ArrayList<>();
        if (!node.isArray() || node.size() > max) {
            fields.wrong(name, "must be a list of at most " + max);
            return items;
        }
        for (int i = 0; i < node.size(); i++) {
            if (!node.get(i).isObject()) {
                fields.wrong(name + "[" + i + "]", "must be a mapping");
            }
            items.add(node.get(i));
        }
        return items;
    }

    /** @param named receives the connection for each id and name in the file */
    private Difference<Target> connections(
            String tenantId, List<JsonNode> file, List<Problem.FieldError> errors, Map<String, String> named) {
        Standing<Target> standing = new Standing<>(connections(tenantId), Target::id, Target::name);
        Difference<Target> difference = new Difference<>(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0);
        int unchanged = 0;
        Instant now = WireTime.truncate(clock.instant());
        Expressions expressions = new Expressions();
        List<Target> after = new ArrayList<>();
        for (int i = 0; i < file.size(); i++) {
            JsonNode json = file.get(i);
            Target old = standing.take(json);
            Instant age = now.plusMillis(i);
            Target base = old == null ? Target.blankConnection(Ids.timeOrdered("con_", age), tenantId, age) : old;
            Target draft =
                    targetFields.connection(Fields.of(json, "connections[" + i + "].", errors), base, now, expressions);
            after.add(draft);
            named.put(draft.name(), draft.id());
            named.put(json.path("id").asText(draft.id()), draft.id());
            if (old == null) {
                difference.created().add(draft);
            } else if (draft.isSetLike(old)) {
                unchanged++;
            } else {
                difference.changed().add(draft);
            }
        }
        refuseCostly(after, errors);
        difference.removed().addAll(standing.left());
        return new Difference<>(difference.created(), difference.changed(), difference.removed(), unchanged);
    }

    private void refuseCostly(List<Target> connections, List<Problem.FieldError> errors) {
        connections.stream()
                .max(Comparator.comparingLong(target -> When.cost(List.of(target.when()))))
                .ifPresent(costliest -> budget.flaw(costliest, connections)
                        .ifPresent(flaw -> errors.add(new Problem.FieldError(
                                "connections[" + connections.indexOf(costliest) + "].when", flaw))));
    }

    private Difference<RuleDraft> rules(
            String tenantId,
            List<JsonNode> file,
            List<Problem.FieldError> errors,
            Function<String, @Nullable String> connections) {
        Standing<Rule> standing = new Standing<>(rules(tenantId), Rule::id, Rule::name);
        Difference<RuleDraft> difference = new Difference<>(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0);
        int unchanged = 0;
        Instant now = WireTime.truncate(clock.instant());
        Instant next = changes.nextCreation(rulebooks.of(tenantId));
        RulePlace place = new RulePlace(tenantId, "", errors, new Expressions(), connections);
        for (int i = 0; i < file.size(); i++) {
            JsonNode json = file.get(i);
            Rule old = standing.take(json);
            Instant age = old == null ? next.plusMillis(i) : old.createdAt();
            String id = old == null ? Ids.timeOrdered("rule_", age) : old.id();
            Rule base = new Rule(
                    id, "", true, 0, When.EVERYTHING, old == null ? List.of() : old.actions(), false, 0, age, now);
            RuleDraft draft = ruleFields.read(place.in("rules[" + i + "]."), json, base, false);
            if (old == null) {
                difference.created().add(draft);
            } else if (ConfigYaml.plain(old).equals(ConfigYaml.plain(draft.rule())) && keepsTargets(draft)) {
                unchanged++;
            } else {
                difference.changed().add(draft);
            }
        }
        standing.left().forEach(rule -> difference.removed().add(new RuleDraft("", rule, List.of())));
        return new Difference<>(difference.created(), difference.changed(), difference.removed(), unchanged);
    }

    /** Returns whether what only the targets of a rule's actions know stays as it is. */
    private boolean keepsTargets(RuleDraft draft) {
        return draft.targets().stream().allMatch(target -> targets.find(target.id())
                .filter(old ->
                        old.signing().equals(target.signing()) && old.answers().equals(target.answers()))
                .isPresent());
    }

    /** The existing entries that nothing in the file has claimed yet. */
    private static final class Standing<T> {

        private final Map<String, T> byId = new LinkedHashMap<>();
        private final Map<String, Deque<String>> idsOfNames = new HashMap<>();

        Standing(List<T> all, Function<T, String> id, Function<T, String> name) {
            for (T each : all) {
                byId.put(id.apply(each), each);
                idsOfNames
                        .computeIfAbsent(name.apply(each), any -> new ArrayDeque<>())
                        .add(id.apply(each));
            }
        }

        @Nullable T take(JsonNode json) {
            T found = byId.remove(json.path("id").asText());
            Deque<String> named = idsOfNames.getOrDefault(json.path("name").asText(), new ArrayDeque<>());
            while (found == null && !named.isEmpty()) {
                found = byId.remove(named.remove());
            }
            return found;
        }

        List<T> left() {
            return List.copyOf(byId.values());
        }
    }
}
