package com.mobileapiconnect.bridge.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of evaluating a tenant's rules against a message.
 *
 * @param version       version of the rules; 0 if the tenant had none
 * @param matchedRuleId the first rule that matched
 * @param actions       actions of all rules that matched, in order
 */
public record Decision(long version, @Nullable String matchedRuleId, List<Planned> actions) {

    public static final Decision NO_RULES = new Decision(0, null, List.of());

    /** An action of a rule that matched, rendered. */
    public record Planned(String ruleId, Action action, Action.Rendered rendered) {}

    public Decision {
        actions = List.copyOf(actions);
    }
}
