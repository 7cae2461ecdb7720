package com.mobileapiconnect.bridge.rule;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * When this, then that. One form of it, as it stood from a version of its tenant's rules on; a change makes another.
 *
 * @param enabled   while false it is not tried
 * @param priority  the smaller, the earlier it is tried
 * @param continues whether later rules are tried although this one matched
 * @param version   of the tenant's rules, which brought it in this form
 * @param createdAt of two with the same priority, the older is tried first
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

    /** In which they are tried. */
    public static final Comparator<Rule> ORDER = Comparator.comparingInt(Rule::priority)
            .thenComparing(Rule::createdAt)
            .thenComparing(Rule::id);

    public Rule {
        actions = List.copyOf(actions);
    }

    /** The same, as a version of its tenant's rules brings it in. */
    public Rule in(long newVersion) {
        return new Rule(id, name, enabled, priority, when, actions, continues, newVersion, createdAt, updatedAt);
    }

    /** What it takes in memory and on the disk, roughly, in characters. */
    public int length() {
        return name.length()
                + when.length()
                + actions.stream().mapToInt(Action::length).sum();
    }
}
