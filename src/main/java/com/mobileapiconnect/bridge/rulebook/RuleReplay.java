package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.delivery.MessageFilter;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.delivery.MessageQueries.Position;
import com.mobileapiconnect.bridge.delivery.MessageQueries.Row;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Evaluates rules against stored messages, newest first, until time runs out, and reports the difference at once. All
 * messages are what {@link RuleReplayJob} looks at.
 */
@Component
class RuleReplay {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST = 100_000;
    private static final int PAGE = 500;

    private final Store store;
    private final MessageQueries messages;
    private final RuleBudget budget;
    private final Targets targets;
    private final Clock clock;

    RuleReplay(Store store, MessageQueries messages, RuleBudget budget, Targets targets, Clock clock) {
        this.store = store;
        this.messages = messages;
        this.budget = budget;
        this.targets = targets;
        this.clock = clock;
    }

    /**
     * @param messages number of messages evaluated
     * @param matched  number of them that a rule matched
     * @param changed  number of them whose first match differs from the original one
     * @param rules    number of first matches of each rule
     * @param actions  number of actions of each type
     * @param complete whether all messages of the requested period were evaluated
     * @param oldest   time of acceptance of the last message evaluated; ask for earlier ones to continue
     * @param samples  some of the messages that match, or matched then
     */
    record Result(
            long messages,
            long matched,
            long changed,
            List<ReplayTally.RuleCount> rules,
            Map<String, Long> actions,
            boolean complete,
            @Nullable Instant oldest,
            List<Sample> samples) {}

    /** @param before the rule that matched at acceptance */
    record Sample(
            String messageId,
            String from,
            String text,
            @Nullable String before,
            @Nullable String matchedRuleId,
            List<Record> actions) {}

    Result run(String tenantId, RuleSet rules, @Nullable Instant since, @Nullable Instant until) {
        Instant deadline = clock.instant().plus(PATIENCE);
        ReplayTally tally = new ReplayTally(ReplayCounts.NONE);
        List<Sample> samples = new ArrayList<>();
        MessageFilter filter = MessageFilter.between(tenantId, since, until);
        @Nullable Position before = null;
        boolean complete = false;
        while (!complete && tally.messages() < MOST && clock.instant().isBefore(deadline)) {
            Position from = before;
            MessageQueries.Found found = store.read(tenantId, sql -> messages.list(sql, filter, from, PAGE));
            List<Row> page = found.rows();
            int done = 0;
            for (; done < page.size() && clock.instant().isBefore(deadline); done++) {
                Row row = page.get(done);
                before = row.position();
                evaluate(row.message(), rules, tally, samples);
            }
            complete = done == page.size() && page.size() < PAGE && found.end() == null;
        }
        return result(rules, tally.counts(), complete, samples);
    }

    private void evaluate(StoredMessage stored, RuleSet rules, ReplayTally tally, List<Sample> samples) {
        tally.reached(stored);
        if (!ReplayTally.evaluates(stored)) {
            return;
        }
        Decision decision = decide(stored, rules);
        if (tally.add(stored, decision)) {
            samples.add(new Sample(
                    stored.message().id(),
                    stored.message().from(),
                    stored.message().text(),
                    stored.matchedRuleId(),
                    decision.matchedRuleId(),
                    ActionKinds.previews(decision, new ActionKind.Now(targets, null))));
        }
    }

    /** Has a turn for each message only: people of other tenants wait for theirs. */
    private Decision decide(StoredMessage stored, RuleSet rules) {
        try (RuleBudget.Turn turn = budget.ofPeople(stored.message().tenantId())) {
            return rules.decide(turn.subject(stored.message()), stored.tenantName());
        }
    }

    private static Result result(RuleSet rules, ReplayCounts counts, boolean complete, List<Sample> samples) {
        Long oldest = counts.oldest();
        return new Result(
                counts.messages(),
                counts.matched(),
                counts.changed(),
                ReplayTally.byRule(rules, counts),
                counts.actions(),
                complete,
                oldest == null ? null : Instant.ofEpochMilli(oldest),
                samples);
    }
}
