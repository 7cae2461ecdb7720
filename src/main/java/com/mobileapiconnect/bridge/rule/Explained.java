package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Why a predicate did or did not match; Jackson writes it in the contract's form.
 *
 * @param matched    what {@link When#test} answers
 * @param predicates each leaf in reading order; none when everything matches
 */
public record Explained(boolean matched, List<Leaf> predicates) {

    public Explained {
        predicates = List.copyOf(predicates);
    }

    /**
     * One leaf. What stands around it ({@code not}, {@code any}) changes nothing about its own result.
     *
     * @param value  as the rule says it; {@code true} for an {@code exists} without a value
     * @param actual the field as the phone gave it, JSON null when the message lacks it; neither node is to be changed
     */
    public record Leaf(String field, String op, JsonNode value, JsonNode actual, boolean result) {}
}
