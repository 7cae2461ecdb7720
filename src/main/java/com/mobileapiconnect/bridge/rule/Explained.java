package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Explains why a predicate matched or not; Jackson writes it in the contract's form.
 *
 * @param matched    the result of {@link When#test}
 * @param predicates every leaf in reading order; empty if the condition matches everything
 */
public record Explained(boolean matched, List<Leaf> predicates) {

    public Explained {
        predicates = List.copyOf(predicates);
    }

    /**
     * The result of a single leaf, regardless of any {@code not} or {@code any} around it.
     *
     * @param value   the value as written in the rule; {@code true} for an {@code exists} without a value
     * @param actual  the field as the phone sent it, JSON null if the message lacks it; neither node may be changed
     * @param leftOut whether the leaf was not evaluated, because what a message may cost was used up
     */
    public record Leaf(
            String field,
            String op,
            JsonNode value,
            JsonNode actual,
            boolean result,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean leftOut) {}
}
