package com.mobileapiconnect.bridge.rulebook;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts of what rules would have done to stored messages, as far as those were evaluated. Holds ids and numbers only, so
 * that a job can keep it.
 *
 * @param messages number of messages evaluated
 * @param matched  number of them that a rule matched
 * @param changed  number of them whose first match differs from the original one
 * @param firsts   number of first matches by the rule's id
 * @param actions  number of actions by type
 * @param oldest   time of acceptance of the last message looked at, in milliseconds; null before the first
 * @param samples  some of the messages that match, or matched then
 */
record ReplayCounts(
        long messages,
        long matched,
        long changed,
        Map<String, Long> firsts,
        Map<String, Long> actions,
        @Nullable Long oldest,
        List<Sample> samples) {

    static final ReplayCounts NONE = new ReplayCounts(0, 0, 0, Map.of(), Map.of(), null, List.of());

    /** @param before the rule that matched at acceptance */
    record Sample(
            String messageId,
            @Nullable String before,
            @Nullable String matchedRuleId) {}
}
