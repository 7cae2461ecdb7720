package com.mobileapiconnect.bridge.rule;

import java.util.List;

/**
 * How a rule that was tried judged a message; Jackson writes it in the contract's form.
 *
 * @param predicates each leaf in reading order
 */
public record RuleTrace(String ruleId, String name, boolean matched, List<Explained.Leaf> predicates) {}
