package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The judgement of a rule about a message; Jackson writes it in the contract's form.
 *
 * @param leftOut    whether the rule did not count, because what a message may cost was used up before it
 * @param predicates every leaf in reading order
 * @param actions    those of the rule, if it matched
 * @param unsent     the actions that made no delivery, with the reason, as far as that is known
 */
public record RuleTrace(
        String ruleId,
        String name,
        boolean matched,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean leftOut,

        List<Explained.Leaf> predicates,
        @JsonIgnore List<Action> actions,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Unsent> unsent) {

    /**
     * An action that made no delivery.
     *
     * @param target the id of the target that the action names
     * @param reason for people
     */
    public record Unsent(String actionId, String type, String target, String reason) {

        public static Unsent of(Action action, String reason) {
            return new Unsent(action.id(), action.type(), action.targetId(), reason);
        }
    }

    /** Returns the same judgement with what its actions did not do. */
    public RuleTrace with(List<Unsent> notSent) {
        return new RuleTrace(ruleId, name, matched, leftOut, predicates, actions, notSent);
    }
}
