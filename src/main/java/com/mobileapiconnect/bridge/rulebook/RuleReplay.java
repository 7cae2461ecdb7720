package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.delivery.MessageFilter;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.delivery.MessageQueries.Position;
import com.mobileapiconnect.bridge.delivery.MessageQueries.Row;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Evaluates rules against stored messages, newest first, until time runs out, and reports the difference. */
@Component
class RuleReplay {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST = 100_000;
    private static final int PAGE = 500;
    private static final int SAMPLES = 20;
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
            int messages,
            int matched,
            int changed,
            List<RuleCount> rules,
            Map<String, Integer> actions,
            boolean complete,
            @Nullable Instant oldest,
            List<Sample> samples) {}

    record RuleCount(String ruleId, String name, int matched) {}

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
        Tally tally = new Tally();
        MessageFilter filter = MessageFilter.between(tenantId, since, until);
        @Nullable Position before = null;
        boolean complete = false;
        while (!complete && tally.messages < MOST && clock.instant().isBefore(deadline)) {
            Position from = before;
            MessageQueries.Found found = store.read(sql -> messages.list(sql, filter, from, PAGE));
            List<Row> page = found.rows();
            int done = 0;
            for (; done < page.size() && clock.instant().isBefore(deadline); done++) {
                Row row = page.get(done);
                before = row.position();
                tally.oldest = row.message().acceptedAt();
                if (!row.message().message().flags().has(Flags.Flag.UNPARSED)) {
                    tally.add(row.message(), rules);
                }
            }
            complete = done == page.size() && page.size() < PAGE && found.end() == null;
        }
        return tally.result(rules, complete);
    }

    /** Has a turn for each message only: people of other tenants wait for theirs. */
    private Decision decide(StoredMessage stored, RuleSet rules) {
        try (RuleBudget.Turn turn = budget.ofPeople(stored.message().tenantId())) {
            return rules.decide(turn.subject(stored.message()), stored.tenantName());
        }
    }

    private final class Tally {

        private final Map<String, Integer> firsts = new HashMap<>();
        private final Map<String, Integer> actions = new TreeMap<>();
        private final List<Sample> samples = new ArrayList<>();
        private int messages;
        private int matched;
        private int changed;
        private @Nullable Instant oldest;

        void add(StoredMessage stored, RuleSet rules) {
            messages++;
            Decision decision = decide(stored, rules);
            String now = decision.matchedRuleId();
            String before = stored.matchedRuleId();
            changed += Objects.equals(now, before) ? 0 : 1;
            if (now != null) {
                matched++;
                firsts.merge(now, 1, Integer::sum);
            }
            decision.actions().forEach(planned -> actions.merge(planned.action().type(), 1, Integer::sum));
            if (samples.size() < SAMPLES && (now != null || before != null)) {
                samples.add(new Sample(
                        stored.message().id(),
                        stored.message().from(),
                        stored.message().text(),
                        before,
                        now,
                        ActionKinds.previews(decision, targets)));
            }
        }

        Result result(RuleSet rules, boolean complete) {
            List<RuleCount> counts = rules.rules().stream()
                    .sorted(Rule.ORDER)
                    .filter(rule -> firsts.containsKey(rule.id()))
                    .map(rule -> new RuleCount(rule.id(), rule.name(), firsts.getOrDefault(rule.id(), 0)))
                    .toList();
            return new Result(messages, matched, changed, counts, actions, complete, oldest, samples);
        }
    }
}
