package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.rule.Action.Rendered;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of evaluating a tenant's rules against a message. Contents are rendered on demand, because thousands of
 * actions may follow from a message and nobody needs all of their contents at the same time.
 */
public final class Decision {

    public static final Decision NO_RULES = new Decision(0, null, List.of());

    private final long version;
    private final @Nullable String matchedRuleId;
    private final List<Match> matches;

    Decision(long version, @Nullable String matchedRuleId, List<Match> matches) {
        this.version = version;
        this.matchedRuleId = matchedRuleId;
        this.matches = List.copyOf(matches);
    }

    /** A rule that matched and has actions, with the values that fill its templates. */
    record Match(Rule rule, Template.Values values) {}

    /** An action of a rule that matched. */
    public static final class Planned {

        private final Match match;
        private final Action action;

        private Planned(Match match, Action action) {
            this.match = match;
            this.action = action;
        }

        public String ruleId() {
            return match.rule().id();
        }

        public Action action() {
            return action;
        }

        /** Renders the content to send; always the same. */
        public Rendered rendered() {
            return action.render(match.values());
        }
    }

    /** Returns the same decision without answers to the sender. */
    public Decision withoutReplies() {
        return new Decision(
                version,
                matchedRuleId,
                matches.stream()
                        .map(match -> new Match(match.rule().withoutReplies(), match.values()))
                        .toList());
    }

    /** Returns the version of the rules; 0 if the tenant had none. */
    public long version() {
        return version;
    }

    /** Returns the first rule that matched. */
    public @Nullable String matchedRuleId() {
        return matchedRuleId;
    }

    /** Returns the number of actions of all rules that matched. */
    public int size() {
        int size = 0;
        for (Match match : matches) {
            size += match.rule().actions().size();
        }
        return size;
    }

    /** Returns the actions of all rules that matched, in order; a new list at every call. */
    public List<Planned> actions() {
        if (matches.isEmpty()) {
            return List.of();
        }
        List<Planned> planned = new ArrayList<>(size());
        for (Match match : matches) {
            for (Action action : match.rule().actions()) {
                planned.add(new Planned(match, action));
            }
        }
        return planned;
    }
}
