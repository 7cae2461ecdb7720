package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what rules would have done to one stored message after the other. */
final class ReplayTally {

    private static final int SAMPLES = 20;

    private final Map<String, Long> firsts;
    private final Map<String, Long> actions;
    private final List<ReplayCounts.Sample> samples;
    private long messages;
    private long matched;
    private long changed;
    private @Nullable Long oldest;

    ReplayTally(ReplayCounts before) {
        this.firsts = new TreeMap<>(before.firsts());
        this.actions = new TreeMap<>(before.actions());
        this.samples = new ArrayList<>(before.samples());
        this.messages = before.messages();
        this.matched = before.matched();
        this.changed = before.changed();
        this.oldest = before.oldest();
    }

    /** Returns whether rules are evaluated for a message. */
    static boolean evaluates(StoredMessage stored) {
        return !stored.message().flags().has(Flags.Flag.UNPARSED);
    }

    /** Notes that a message was looked at. */
    void reached(StoredMessage stored) {
        oldest = stored.acceptedAt().toEpochMilli();
    }

    /** Returns whether the message is one of the samples. */
    boolean add(StoredMessage stored, Decision decision) {
        messages++;
        String now = decision.matchedRuleId();
        String before = stored.matchedRuleId();
        changed += Objects.equals(now, before) ? 0 : 1;
        if (now != null) {
            matched++;
            firsts.merge(now, 1L, Long::sum);
        }
        decision.actions().forEach(planned -> actions.merge(planned.action().type(), 1L, Long::sum));
        boolean sample = samples.size() < SAMPLES && (now != null || before != null);
        if (sample) {
            samples.add(new ReplayCounts.Sample(stored.message().id(), before, now));
        }
        return sample;
    }

    /** Returns the number of messages that were evaluated. */
    long messages() {
        return messages;
    }

    ReplayCounts counts() {
        return new ReplayCounts(messages, matched, changed, firsts, actions, oldest, samples);
    }

    /** @param matched number of messages whose first match it is */
    record RuleCount(String ruleId, String name, long matched) {}

    /** Returns the rules that were a first match, in the order in which they are tried. */
    static List<RuleCount> byRule(RuleSet rules, ReplayCounts counts) {
        return rules.rules().stream()
                .sorted(Rule.ORDER)
                .filter(rule -> counts.firsts().containsKey(rule.id()))
                .map(rule ->
                        new RuleCount(rule.id(), rule.name(), counts.firsts().getOrDefault(rule.id(), 0L)))
                .toList();
    }
}
