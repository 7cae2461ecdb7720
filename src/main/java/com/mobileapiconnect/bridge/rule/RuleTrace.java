package com.mobileapiconnect.bridge.rule;

import java.util.List;

/**
 * The judgement of a rule about a message; Jackson writes it in the contract's form.
 *
 * @param predicates every leaf in reading order
 */
public record RuleTrace(String ruleId, String name, boolean matched, List<Explained.Leaf> predicates) {}
