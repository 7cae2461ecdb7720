package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.message.InboundMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's rules in one version, compiled: immutable, and used by any number of threads without a lock. The cost of a
 * decision depends on the rules that may match, not on the number of rules.
 */
public final class RuleSet {

    public static final RuleSet NONE = new RuleSet(0, List.of());

    /** Number of rules that did not match which an explanation shows; rules that matched are always shown. */
    public static final int MOST_SHOWN = 100;

    private final long version;
    private final Map<String, Rule> byId;
    private final List<Rule> tried;
    private final RuleIndex index;
    private final Decision noMatch;

    private RuleSet(long version, Collection<Rule> rules) {
        this.version = version;
        this.byId = rules.stream().collect(Collectors.toUnmodifiableMap(Rule::id, Function.identity()));
        this.tried = rules.stream().filter(Rule::enabled).sorted(Rule.ORDER).toList();
        this.index = new RuleIndex(tried);
        this.noMatch = new Decision(version, null, List.of());
    }

    /** @param rules enabled and disabled rules, in any order */
    public static RuleSet of(long version, Collection<Rule> rules) {
        return new RuleSet(version, rules);
    }

    public long version() {
        return version;
    }

    public Optional<Rule> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Collection<Rule> rules() {
        return byId.values();
    }

    /** Returns the targets that exist for the sake of these rules alone. */
    public Set<String> ownTargets() {
        return byId.values().stream()
                .flatMap(rule -> rule.actions().stream())
                .filter(Action::hasOwnTarget)
                .map(Action::targetId)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Returns the number of actions of all rules. */
    public int actions() {
        return byId.values().stream().mapToInt(rule -> rule.actions().size()).sum();
    }

    /** Returns the most actions that can follow from a single message: as if every rule that continues matched. */
    public int mostActions() {
        int before = 0;
        int most = 0;
        for (Rule rule : tried) {
            int all = before + rule.actions().size();
            most = Math.max(most, all);
            before = rule.continues() ? all : before;
        }
        return most;
    }

    /** Returns the steps that these rules take for one message at worst, held against a {@link Budget}. */
    public long steps() {
        return index.steps();
    }

    /** Decides about a message; a pure function of the message, this version, and the subject's budget. */
    public Decision decide(Subject subject, String tenantName) {
        int[] matched = index.match(subject).matched();
        if (matched.length == 0) {
            return noMatch;
        }
        List<Decision.Match> matches = new ArrayList<>();
        for (int position : matched) {
            Rule rule = tried.get(position);
            if (!rule.actions().isEmpty()) {
                List<@Nullable String> groups =
                        rule.inserts() ? rule.when().predicate().groups(subject) : List.of();
                Template.Values values = new Template.Values(subject.message(), tenantName, groups);
                matches.add(new Decision.Match(rule, values));
            }
        }
        return new Decision(version, tried.get(matched[0]).id(), matches);
    }

    /**
     * Explains how each rule that was evaluated judged the message, in order: all rules that matched, and of those that
     * did not, and of those that were left out, the first {@link #MOST_SHOWN} each. The rules that are only
     * shown may cost as much again as the decision did.
     */
    public List<RuleTrace> explain(InboundMessage message, Budget budget, Costly costly) {
        Subject subject = Subject.of(message, budget, costly);
        RuleIndex.Found found = index.match(subject);
        subject.renew(budget, costly);
        List<RuleTrace> traces = new ArrayList<>();
        int end = triedBy(found.matched());
        int matched = 0;
        int leftOut = 0;
        for (int position = 0; position < end; position++) {
            boolean matches = matched < found.matched().length && found.matched()[matched] == position;
            boolean left = leftOut < found.leftOut().length && found.leftOut()[leftOut] == position;
            matched += matches ? 1 : 0;
            leftOut += left ? 1 : 0;
            if (matches || (left ? leftOut <= MOST_SHOWN : position - matched - leftOut < MOST_SHOWN)) {
                Rule rule = tried.get(position);
                traces.add(new RuleTrace(
                        rule.id(),
                        rule.name(),
                        matches,
                        left,
                        rule.when().explain(subject).predicates(),
                        matches ? rule.actions() : List.of(),
                        List.of()));
            }
        }
        return traces;
    }

    private int triedBy(int[] matched) {
        boolean ended =
                matched.length > 0 && !tried.get(matched[matched.length - 1]).continues();
        return ended ? matched[matched.length - 1] + 1 : tried.size();
    }
}
