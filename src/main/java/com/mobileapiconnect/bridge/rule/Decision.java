package com.mobileapiconnect.bridge.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's rules make of a message.
 *
 * @param version       of the rules that it was held against; 0: there were none
 * @param matchedRuleId the first that matched
 * @param actions       of all that matched, in order
 */
public record Decision(long version, @Nullable String matchedRuleId, List<Planned> actions) {

    public static final Decision NO_RULES = new Decision(0, null, List.of());

    /** One action of a rule that matched, rendered. */
    public record Planned(String ruleId, Action action, Action.Rendered rendered) {}

    public Decision {
        actions = List.copyOf(actions);
    }
}
