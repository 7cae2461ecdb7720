package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Changes a tenant's rules, one change after the other. Each change makes a new version, which takes effect as a whole
 * and only after its commit.
 */
@Component
public class RuleChanges {

    static final int MAX_RULES = 10_000;
    /** Largest length of all rules of a tenant together, in characters: the compiled rules stay in memory. */
    static final int MAX_LENGTH = 8 << 20;

    private final Rulebooks rulebooks;
    private final Targets targets;
    private final Retired retired;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    RuleChanges(Rulebooks rulebooks, Targets targets, Retired retired, Clock clock) {
        this.rulebooks = rulebooks;
        this.targets = targets;
        this.retired = retired;
        this.clock = clock;
    }

    /**
     * A change prepared inside {@link #oneByOne}. Call {@link #write} in the transaction and, when that is durable,
     * {@link #publish}.
     */
    public final class Change {

        private final String tenantId;
        private final List<Draft> saved;
        private final Set<String> removed;
        private final Map<String, Rule> standing = new HashMap<>();
        private long version;

        private Change(String tenantId, List<Draft> saved, Set<String> removed) {
            this.tenantId = tenantId;
            this.saved = saved;
            this.removed = removed;
        }

        /** Writes the change in the transaction of everything else that belongs to it. */
        public void write(Transaction tx) {
            version = RuleRows.nextVersion(tx, tenantId);
            Instant now = clock.instant();
            rulebooks.of(tenantId).rules().forEach(rule -> standing.put(rule.id(), rule));
            for (String id : removed) {
                RuleRows.end(tx, id, version, now);
                standing.remove(id);
            }
            for (Draft draft : saved) {
                Rule rule = draft.rule().in(version);
                RuleRows.end(tx, rule.id(), version, now);
                RuleRows.insert(tx, tenantId, rule);
                draft.targets().forEach(target -> targets.put(tx, target));
                standing.put(rule.id(), rule);
            }
        }

        /** Publishes new targets before the rules that name them; old targets stay until nothing is left for them. */
        public void publish() {
            Collection<Rule> before = rulebooks.of(tenantId).rules();
            saved.forEach(draft -> draft.targets().forEach(targets::publish));
            // Compiled here, because the store's writer has others to serve.
            RuleSet rules = RuleSet.of(version, standing.values());
            rulebooks.publish(tenantId, rules);
            Set<String> gone = new HashSet<>(ownTargets(before));
            gone.removeAll(ownTargets(rules.rules()));
            retired.add(gone);
        }
    }

    /** Returns the targets that exist only for these rules. */
    static Set<String> ownTargets(Collection<Rule> rules) {
        Set<String> ids = new HashSet<>();
        for (Rule rule : rules) {
            for (Action action : rule.actions()) {
                if (!(action instanceof Action.Connection)) {
                    ids.add(action.id());
                }
            }
        }
        return ids;
    }

    /** Runs a change while nobody else changes rules; decisions continue. */
    public <T> T oneByOne(Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    /** Prepares a change; throws a 422 {@link Problem} if the rules would exceed their limits. */
    Change prepare(String tenantId, List<Draft> saved, Set<String> removed) {
        Map<String, Rule> after = new HashMap<>();
        rulebooks.of(tenantId).rules().forEach(rule -> after.put(rule.id(), rule));
        after.keySet().removeAll(removed);
        saved.forEach(draft -> after.put(draft.rule().id(), draft.rule()));
        long length = after.values().stream().mapToLong(Rule::length).sum();
        List<Problem.FieldError> errors = new ArrayList<>();
        if (after.size() > MAX_RULES) {
            errors.add(new Problem.FieldError("rules", "must be at most " + MAX_RULES + " per tenant"));
        }
        if (length > MAX_LENGTH) {
            errors.add(new Problem.FieldError(
                    "rules", "must be at most " + MAX_LENGTH + " characters per tenant in total"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return new Change(tenantId, saved, removed);
    }

    /**
     * Returns the time of creation of a tenant's next rule: later than every other rule's, because age decides between
     * equal priorities.
     */
    Instant nextCreation(String tenantId) {
        Instant now = WireTime.truncate(clock.instant());
        return rulebooks.of(tenantId).rules().stream()
                .map(rule -> rule.createdAt().plusMillis(1))
                .filter(now::isBefore)
                .max(Instant::compareTo)
                .orElse(now);
    }
}
