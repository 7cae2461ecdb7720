package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.destination.ConnectionUse;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The connections that rules name. A rule that kept naming a deleted one would match and do nothing. */
@Component
class RuleConnections implements ConnectionUse {

    private final Rulebooks rulebooks;
    private final RuleChanges changes;
    private final Audit audit;
    private final Clock clock;

    RuleConnections(Rulebooks rulebooks, RuleChanges changes, Audit audit, Clock clock) {
        this.rulebooks = rulebooks;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /** Returns the ids of the connections that a rule names. */
    static List<String> of(Rule rule) {
        return rule.actions().stream()
                .filter(Action.Connection.class::isInstance)
                .map(Action::targetId)
                .toList();
    }

    @Override
    public Release release(String tenantId, String connectionId) {
        RuleSet base = rulebooks.of(tenantId);
        Instant now = WireTime.truncate(clock.instant());
        List<RuleDraft> without = base.rules().stream()
                .filter(rule -> of(rule).contains(connectionId))
                .sorted(Rule.ORDER)
                .map(rule -> new RuleDraft("", without(rule, connectionId, now), List.of()))
                .toList();
        RuleChanges.Change change = without.isEmpty() ? null : changes.prepare(tenantId, base, without, Set.of());
        return new Taken(tenantId, base.version(), without, change);
    }

    private static Rule without(Rule rule, String connectionId, Instant now) {
        return rule.with(
                rule.actions().stream()
                        .filter(action -> !(action instanceof Action.Connection named
                                && named.connectionId().equals(connectionId)))
                        .toList(),
                now);
    }

    private final class Taken implements Release {

        private final String tenantId;
        private final long version;
        private final List<RuleDraft> without;
        private final RuleChanges.@Nullable Change change;

        private Taken(String tenantId, long version, List<RuleDraft> without, RuleChanges.@Nullable Change change) {
            this.tenantId = tenantId;
            this.version = version;
            this.without = without;
            this.change = change;
        }

        @Override
        public boolean stands(Transaction tx) {
            return rulebooks.of(tx, tenantId).version() == version;
        }

        @Override
        public void write(Transaction tx, Caller who) {
            if (change != null) {
                change.write(tx);
                without.forEach(draft -> audit.record(
                        tx,
                        tenantId,
                        who,
                        new Audit.Entry(
                                "rule.update", draft.rule().id(), draft.rule().name())));
            }
        }
    }
}
