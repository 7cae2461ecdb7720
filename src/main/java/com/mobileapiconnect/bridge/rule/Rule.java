package com.mobileapiconnect.bridge.rule;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A rule in one of its versions: a condition and the actions that follow from it. A change of the rule makes another.
 *
 * @param enabled   whether the rule is evaluated
 * @param priority  rules with a smaller priority are evaluated first
 * @param continues whether later rules are evaluated even if this one matched
 * @param version   version of the tenant's rules that introduced this form
 * @param createdAt decides between equal priorities: the older rule is evaluated first
 */
public record Rule(
        String id,
        String name,
        boolean enabled,
        int priority,
        When when,
        List<Action> actions,
        boolean continues,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** The order in which rules are evaluated. */
    public static final Comparator<Rule> ORDER = Comparator.comparingInt(Rule::priority)
            .thenComparing(Rule::createdAt)
            .thenComparing(Rule::id);

    public Rule {
        actions = List.copyOf(actions);
    }

    /** Returns the same rule as introduced by a version of its tenant's rules. */
    public Rule in(long newVersion) {
        return new Rule(id, name, enabled, priority, when, actions, continues, newVersion, createdAt, updatedAt);
    }

    /** Returns the same rule in another place of the order. */
    public Rule with(int newPriority, Instant now) {
        return new Rule(id, name, enabled, newPriority, when, actions, continues, version, createdAt, now);
    }

    /** Returns the same rule with other actions. */
    public Rule with(List<Action> newActions, Instant now) {
        return new Rule(id, name, enabled, priority, when, newActions, continues, version, createdAt, now);
    }

    Rule withoutReplies() {
        List<Action> others = actions.stream()
                .filter(action -> !(action instanceof Action.Reply))
                .toList();
        return new Rule(id, name, enabled, priority, when, others, continues, version, createdAt, updatedAt);
    }

    /** Returns whether an action inserts what a regular expression found. */
    boolean inserts() {
        return actions.stream().anyMatch(Action::insertsGroups);
    }

    /** Returns the steps that the condition alone takes at worst. */
    public long steps() {
        return When.cost(List.of(when));
    }

    /** Returns roughly the characters that the rule takes in memory and on disk. */
    public int length() {
        return name.length()
                + when.length()
                + actions.stream().mapToInt(Action::length).sum();
    }
}
