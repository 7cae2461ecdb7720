package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The judgement of a rule about a message; Jackson writes it in the contract's form.
 *
 * @param leftOut    whether the rule did not count, because what a message may cost was used up before it
 * @param predicates every leaf in reading order
 */
public record RuleTrace(
        String ruleId,
        String name,
        boolean matched,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean leftOut,

        List<Explained.Leaf> predicates) {}
