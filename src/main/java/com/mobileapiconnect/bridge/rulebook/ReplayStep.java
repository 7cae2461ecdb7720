package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.delivery.MessageQueries.Position;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.rule.RuleSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The next step of a replay of rules, evaluated before it is taken. */
sealed interface ReplayStep {

    /** The message that a replay has reached, with its counts until there. */
    record Place(long at, long seq, ReplayCounts counts) {

        static final Place FIRST = new Place(Long.MAX_VALUE, Long.MAX_VALUE, ReplayCounts.NONE);

        Position position() {
            return new Position(at, seq);
        }
    }

    /** @param looked how many messages were looked at */
    record On(Place place, long looked) implements ReplayStep {}

    record End(Result result) implements ReplayStep {}

    /**
     * The result of a replay: that of {@link RuleReplay}, without what people have written.
     *
     * @param ended why it ended before its last message; null if it did not
     */
    record Result(
            long messages,
            long matched,
            long changed,
            List<ReplayTally.RuleCount> rules,
            Map<String, Long> actions,
            @Nullable String oldest,
            List<ReplayCounts.Sample> samples,
            @Nullable String ended) {}

    static ReplayStep end(ReplayCounts counts, RuleSet rules, @Nullable String ended) {
        Long oldest = counts.oldest();
        return new End(new Result(
                counts.messages(),
                counts.matched(),
                counts.changed(),
                ReplayTally.byRule(rules, counts),
                counts.actions(),
                oldest == null ? null : WireTime.format(Instant.ofEpochMilli(oldest)),
                counts.samples(),
                ended));
    }
}
