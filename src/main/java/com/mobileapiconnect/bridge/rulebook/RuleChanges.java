package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.config.OneByOne;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.rule.Budget;
import com.mobileapiconnect.bridge.rule.Expressions;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Changes a tenant's rules, one change after the other. Each change makes a new version, which takes effect as a whole
 * and only after its commit.
 */
@Component
class RuleChanges {

    /** Largest length of all rules of a tenant together, in characters: the compiled rules stay in memory. */
    static final int MAX_LENGTH = 8 << 20;

    private final Rulebooks rulebooks;
    private final Targets targets;
    private final Retired retired;
    private final Limits limits;
    private final Audit audit;
    private final Budget budget;
    private final Clock clock;
    private final OneByOne turns;

    RuleChanges(
            Rulebooks rulebooks,
            Targets targets,
            Retired retired,
            Limits limits,
            Audit audit,
            Budget budget,
            OneByOne turns,
            Clock clock) {
        this.rulebooks = rulebooks;
        this.targets = targets;
        this.retired = retired;
        this.limits = limits;
        this.audit = audit;
        this.budget = budget;
        this.turns = turns;
        this.clock = clock;
    }

    /** The wanted changes of the current rules. */
    record Wanted(List<RuleDraft> saved, Set<String> removed, Audit.Entry note) {

        private boolean isNothing() {
            return saved.isEmpty() && removed.isEmpty();
        }
    }

    /** @param rules as they stand after what was wanted of them */
    record Done(RuleSet rules, Wanted wanted) {}

    /** Rules that are worked out and compiled, from those that stood then. */
    final class Change {

        private final String tenantId;
        private final List<RuleDraft> saved;
        private final RuleSet base;
        private final RuleSet after;

        private Change(String tenantId, List<RuleDraft> saved, RuleSet base, RuleSet after) {
            this.tenantId = tenantId;
            this.saved = saved;
            this.base = base;
            this.after = after;
        }

        RuleSet after() {
            return after;
        }

        /** Returns whether this unit still sees the rules that the change was made from. */
        boolean stands(Transaction tx) {
            return rulebooks.of(tx, tenantId).version() == base.version();
        }

        /** Puts new targets there before a rule names them; old ones stay until nothing is left for them. */
        void write(Transaction tx) {
            Instant now = clock.instant();
            Map<String, Register.Change<Target>> puts = new LinkedHashMap<>();
            for (RuleDraft draft : saved) {
                draft.targets().forEach(target -> puts.put(target.id(), row -> put(target, row, now)));
            }
            targets.changeAll(tx, puts);
            rulebooks.replace(tx, tenantId, after);
            Set<String> gone = base.ownTargets();
            gone.removeAll(after.ownTargets());
            tx.afterCommit(() -> retired.add(gone));
        }

        private Target put(Target wanted, @Nullable Target row, Instant now) {
            if (row == null) {
                return wanted;
            }
            Target changed = row.asAction(
                    wanted.name(), wanted.reach(), wanted.form(), wanted.pace().expiresAfter(), now);
            return changed.isSetLike(row) ? row : changed;
        }
    }

    /** Changes a tenant's rules. */
    Done change(Caller.OfTenant who, Function<RuleSet, Wanted> wanting) {
        String tenantId = who.tenantId();
        return turns.until(tenantId, () -> {
            RuleSet base = rulebooks.of(tenantId);
            Wanted wanted = wanting.apply(base);
            if (wanted.isNothing()) {
                return Optional.of(new Done(base, wanted));
            }
            Change change = prepare(tenantId, base, wanted.saved(), wanted.removed());
            return audit.change(
                    who,
                    tenantId,
                    tx -> {
                        if (!change.stands(tx)) {
                            return Optional.<Done>empty();
                        }
                        change.write(tx);
                        return Optional.of(new Done(change.after(), wanted));
                    },
                    done -> done.isPresent() ? wanted.note() : null);
        });
    }

    /** Compiles what is wanted. Throws a 422 {@link Problem} when there would be too much. */
    Change prepare(String tenantId, RuleSet base, List<RuleDraft> saved, Set<String> removed) {
        long version = base.version() + 1;
        Map<String, Rule> after = new HashMap<>();
        base.rules().forEach(rule -> after.put(rule.id(), rule));
        after.keySet().removeAll(removed);
        saved.forEach(draft -> after.put(draft.rule().id(), draft.rule().in(version)));
        long length = after.values().stream().mapToLong(Rule::length).sum();
        if (length > MAX_LENGTH) {
            throw Problem.invalid("rules", "must be at most " + MAX_LENGTH + " characters per tenant in total");
        }
        limits.check(tenantId, Limit.RULES, "rules", base.rules().size(), after.size());
        if (compiling(after.values()) > Math.max(Expressions.MOST, compiling(base.rules()))) {
            throw Problem.invalid(
                    "rules", "must have fewer or simpler expressions: together they take too long to compile");
        }
        RuleSet rules = RuleSet.of(version, after.values());
        limits.check(tenantId, Limit.ACTIONS, "then", base.actions(), rules.actions());
        limits.check(tenantId, Limit.ACTIONS_PER_MESSAGE, "continue", base.mostActions(), rules.mostActions());
        refuseCostly(saved, base.steps(), rules.steps());
        return new Change(tenantId, saved, base, rules);
    }

    private static long compiling(Collection<Rule> rules) {
        return rules.stream().mapToLong(rule -> rule.when().compiling()).sum();
    }

    /** Names the costliest of the saved rules. Rules that are over the budget may still be changed if they cost no more. */
    private void refuseCostly(List<RuleDraft> saved, long before, long after) {
        if (after > budget.steps() && after > before) {
            saved.stream()
                    .max(Comparator.comparingLong(draft -> draft.rule().steps()))
                    .ifPresent(costliest -> {
                        throw Problem.invalid(
                                costliest.path() + "when",
                                budget.exceededBy(costliest.rule().steps(), after));
                    });
        }
    }

    /** Returns when the next of these rules is made: later than every other, as age decides between equals. */
    Instant nextCreation(RuleSet rules) {
        Instant now = WireTime.truncate(clock.instant());
        return rules.rules().stream()
                .map(rule -> rule.createdAt().plusMillis(1))
                .filter(now::isBefore)
                .max(Instant::compareTo)
                .orElse(now);
    }
}
