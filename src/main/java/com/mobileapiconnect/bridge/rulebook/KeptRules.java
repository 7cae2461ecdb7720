package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.rule.Costly;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules as a job keeps them: drafts whole, but without secrets; stored ones by their version.
 *
 * @param version of the stored rules; 0 for drafts
 * @param number  of rules
 * @param drafts  in their stored form; empty for stored rules
 */
record KeptRules(long version, int number, List<Draft> drafts) {

    /** Characters of the drafts that a job keeps. A start reads the jobs of all tenants into memory. */
    static final int LONGEST = 1 << 18;

    record Draft(
            String id,
            String name,
            boolean enabled,
            int priority,
            @Nullable String predicate,
            String actions,
            boolean continues,
            long createdAt) {

        private static Draft of(Rule rule) {
            return new Draft(
                    rule.id(),
                    rule.name(),
                    rule.enabled(),
                    rule.priority(),
                    RuleRows.predicate(rule),
                    RuleRows.actions(rule),
                    rule.continues(),
                    rule.createdAt().toEpochMilli());
        }

        private Rule rule() {
            Instant created = Instant.ofEpochMilli(createdAt);
            return new RuleRows.Row(id, name, enabled, priority, predicate, actions, continues, 0, created, created)
                    .rule();
        }
    }

    static KeptRules of(RuleSet rules) {
        Collection<Rule> all = rules.rules();
        return rules.version() > 0
                ? new KeptRules(rules.version(), all.size(), List.of())
                : new KeptRules(0, all.size(), all.stream().map(Draft::of).toList());
    }

    /** Returns the characters that a job would have to keep. */
    static int length(RuleSet rules) {
        return rules.version() > 0
                ? 0
                : rules.rules().stream().mapToInt(Rule::length).sum();
    }

    /** Compiles them, which may take long and read the store. */
    RuleSet compile(String tenantId, Rulebooks rulebooks) {
        return version > 0
                ? rulebooks.at(tenantId, version, Costly.ALLOWED)
                : RuleSet.of(0, drafts.stream().map(Draft::rule).toList());
    }

    /** Returns whether none has aged out since then. */
    boolean areAll(RuleSet rules) {
        return rules.rules().size() == number;
    }
}
