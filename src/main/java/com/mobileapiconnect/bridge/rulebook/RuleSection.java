package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.config.Difference;
import com.mobileapiconnect.bridge.config.Difference.Entry;
import com.mobileapiconnect.bridge.config.Part;
import com.mobileapiconnect.bridge.config.Reading;
import com.mobileapiconnect.bridge.config.Section;
import com.mobileapiconnect.bridge.config.Standing;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.rule.Expressions;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.rule.When;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rules of a tenant in its configuration file. */
@Component
class RuleSection implements Section {

    private final Rulebooks rulebooks;
    private final RuleChanges changes;
    private final RuleFields ruleFields;
    private final Targets targets;
    private final Limits limits;

    RuleSection(Rulebooks rulebooks, RuleChanges changes, RuleFields ruleFields, Targets targets, Limits limits) {
        this.rulebooks = rulebooks;
        this.changes = changes;
        this.ruleFields = ruleFields;
        this.targets = targets;
        this.limits = limits;
    }

    @Override
    public Part part() {
        return Part.RULES;
    }

    private static List<Rule> inOrder(RuleSet rules) {
        return rules.rules().stream().sorted(Rule.ORDER).toList();
    }

    @Override
    public Object export(String tenantId) {
        return inOrder(rulebooks.of(tenantId)).stream()
                .map(rule -> RuleInFile.of(rule, targets::find))
                .toList();
    }

    @Override
    public String tag(String tenantId, @Nullable Transaction tx) {
        RuleSet rules = tx == null ? rulebooks.of(tenantId) : rulebooks.of(tx, tenantId);
        return Long.toString(rules.version());
    }

    @Override
    public Plan plan(Reading reading, @Nullable JsonNode given) {
        RuleSet base = rulebooks.of(reading.tenantId());
        if (given == null) {
            refuseRemoved(base, reading);
            Wanted standing = new Wanted(reading.tenantId(), base);
            standing.unchanged = base.rules().size();
            return standing;
        }
        // A tenant that is above its limit keeps what it has.
        int most = Math.max(
                limits.of(reading.tenantId(), Limit.RULES), base.rules().size());
        List<JsonNode> file = reading.list(part(), given, most);
        Standing<Rule> standing = new Standing<>(inOrder(base), Rule::id, Rule::name);
        Instant next = changes.nextCreation(base);
        RulePlace place = new RulePlace(
                reading.tenantId(), "", reading.errors(), new Expressions(), reading::idOf, reading.lacking());
        Wanted wanted = new Wanted(reading.tenantId(), base);
        for (int i = 0; i < file.size(); i++) {
            Rule old = standing.take(file.get(i));
            Instant age = old == null ? next.plusMillis(i) : old.createdAt();
            String id = old == null ? Ids.timeOrdered("rule_", age) : old.id();
            Rule blank = new Rule(
                    id,
                    "",
                    true,
                    0,
                    When.EVERYTHING,
                    old == null ? List.of() : old.actions(),
                    false,
                    0,
                    age,
                    reading.now());
            String at = part().wireName() + "[" + i + "]";
            RuleDraft draft = ruleFields.read(place.in(at + "."), reading.here(file.get(i)), blank, false);
            reading.is(at, id, draft.rule().name());
            wanted.add(draft, old);
        }
        wanted.removed.addAll(standing.left());
        return wanted;
    }

    /** Rules that the file leaves as they are may name no connection that the file removes. */
    private void refuseRemoved(RuleSet rules, Reading reading) {
        for (Rule rule : rules.rules()) {
            for (String id : RuleConnections.of(rule)) {
                if (reading.idOf(id) == null) {
                    targets.ofTenant(reading.tenantId(), id).ifPresent(connection -> reading.errors()
                            .add(new Problem.FieldError(
                                    Part.CONNECTIONS.wireName(),
                                    "must have " + connection.name() + ": the rule " + rule.name()
                                            + " sends to it, and the file has no rules")));
                }
            }
        }
    }

    private final class Wanted implements Plan {

        private final String tenantId;
        private final RuleSet base;
        private final List<RuleDraft> created = new ArrayList<>();
        private final List<RuleDraft> changed = new ArrayList<>();
        private final List<Rule> removed = new ArrayList<>();
        private int unchanged;
        private RuleChanges.@Nullable Change change;

        private Wanted(String tenantId, RuleSet base) {
            this.tenantId = tenantId;
            this.base = base;
        }

        private void add(RuleDraft draft, @Nullable Rule old) {
            if (old == null) {
                created.add(draft);
            } else if (RuleInFile.same(old, draft.rule()) && keepsTargets(draft)) {
                unchanged++;
            } else {
                changed.add(draft);
            }
        }

        @Override
        public Difference difference() {
            return new Difference(
                    entries(created.stream().map(RuleDraft::rule)),
                    entries(changed.stream().map(RuleDraft::rule)),
                    entries(removed.stream()),
                    unchanged);
        }

        @Override
        public Map<String, Change> changes() {
            Map<String, Change> changes = new HashMap<>();
            for (RuleDraft draft : changed) {
                Rule rule = draft.rule();
                String place = draft.path().substring(0, draft.path().length() - 1);
                base.find(rule.id())
                        .ifPresent(old -> changes.put(
                                rule.id(),
                                new Change(
                                        place,
                                        RuleInFile.of(old, targets::find),
                                        RuleInFile.of(rule, id -> wanted(draft, id)))));
            }
            return changes;
        }

        private static List<Entry> entries(Stream<Rule> rules) {
            return rules.map(rule -> new Entry(rule.id(), rule.name())).toList();
        }

        @Override
        public void prepare() {
            List<RuleDraft> saved = new ArrayList<>(created);
            saved.addAll(changed);
            if (!saved.isEmpty() || !removed.isEmpty()) {
                change = changes.prepare(
                        tenantId, base, saved, removed.stream().map(Rule::id).collect(Collectors.toSet()));
            }
        }

        @Override
        public boolean stands(Transaction tx) {
            return rulebooks.of(tx, tenantId).version() == base.version();
        }

        @Override
        public @Nullable String write(Transaction tx, boolean discard) {
            if (change != null) {
                change.write(tx);
            }
            return null;
        }
    }

    /** Returns a target as it would be. */
    private Optional<Target> wanted(RuleDraft draft, String id) {
        return draft.targets().stream()
                .filter(target -> target.id().equals(id))
                .findFirst()
                .or(() -> targets.find(id));
    }

    /** Returns whether what only the targets of a rule's actions know stays as it is. */
    private boolean keepsTargets(RuleDraft draft) {
        return draft.targets().stream().allMatch(target -> targets.find(target.id())
                .filter(old -> old.reach().equals(target.reach())
                        && old.pace().equals(target.pace())
                        && old.form().equals(target.form()))
                .isPresent());
    }
}
