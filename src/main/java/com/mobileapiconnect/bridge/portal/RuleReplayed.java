package com.mobileapiconnect.bridge.portal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The things that rules would have done to the messages of a while.
 *
 * @param changed  messages that another rule would have matched first, or none
 * @param complete whether all messages were looked at, from the newest back to {@code oldest}
 */
record RuleReplayed(
        long messages,
        long matched,
        long changed,
        List<Count> rules,
        Map<String, Long> actions,
        boolean complete,
        @Nullable String oldest,
        List<Sample> samples) {

    record Count(String ruleId, String name, long matched) {}

    record Sample(
            String messageId,
            String from,
            String text,
            @Nullable String before,
            @Nullable String matchedRuleId) {

        boolean changed() {
            return !java.util.Objects.equals(before, matchedRuleId);
        }
    }

    /** Returns how many of them this rule would have matched first. */
    long of(@Nullable String rule) {
        return rules.stream()
                .filter(each -> each.ruleId().equals(rule))
                .mapToLong(Count::matched)
                .sum();
    }

    /** Returns the samples whose fate would be another first. */
    List<Sample> shown() {
        return samples.stream()
                .sorted(java.util.Comparator.comparing(sample -> !sample.changed()))
                .toList();
    }
}
