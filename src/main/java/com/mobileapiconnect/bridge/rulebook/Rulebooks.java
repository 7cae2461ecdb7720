package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.rule.Costly;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.rule.RuleTrace;
import com.mobileapiconnect.bridge.rule.Subject;
import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The current rules of every tenant, compiled. A change swaps the whole set at once; a decision under way continues
 * with its set, so no message is ever evaluated against half a change.
 */
@Component
public class Rulebooks {

    /** Number of versions kept, those used last: a list of messages mostly needs one or two. */
    private static final int REMEMBERED = 8;

    private final Store store;
    private final Register<String, Rulebook> register;
    private final Map<Edition, RuleSet> earlier = new LinkedHashMap<>(REMEMBERED, 0.75f, true) { // guarded by itself
                @Override
                protected boolean removeEldestEntry(Map.Entry<Edition, RuleSet> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private record Edition(String tenantId, long version) {}

    Rulebooks(Store store, Clock clock) {
        this.store = store;
        this.register = new Register<>(store, new RulebookRows(clock));
    }

    /** Returns the current rules; immutable. */
    public RuleSet of(String tenantId) {
        Rulebook book = register.find(tenantId);
        return book == null ? RuleSet.NONE : book.rules();
    }

    /** The rules as this unit sees them. */
    RuleSet of(Transaction tx, String tenantId) {
        Rulebook book = register.find(tx, tenantId);
        return book == null ? RuleSet.NONE : book.rules();
    }

    /** Puts rules in the place of those that stand, as a part of this unit. */
    void replace(Transaction tx, String tenantId, RuleSet rules) {
        register.change(tx, tenantId, old -> new Rulebook(tenantId, rules));
    }

    /** Removes a tenant's rules from memory with the number of their version, as a part of this unit. */
    void remove(Transaction tx, String tenantId) {
        register.remove(tx, tenantId);
    }

    /** Decides about a message by the current rules; pure and without a lock. */
    public Decision decide(Subject subject, String tenantName) {
        Rulebook book = register.find(subject.message().tenantId());
        return book == null ? Decision.NO_RULES : book.rules().decide(subject, tenantName);
    }

    /** Decides about a message again, by the version of the rules that decided about it first. */
    public Decision decideAgain(Subject subject, String tenantName, long version) {
        return version == 0
                ? Decision.NO_RULES
                : at(subject.message().tenantId(), version, Costly.ALLOWED).decide(subject, tenantName);
    }

    /**
     * Explains how the rules judged a message, in the version by which it was decided; empty if there were none. Rules
     * of old versions are compiled for it, so this must not be called on a thread of the store.
     */
    public List<RuleTrace> explain(InboundMessage message, long version, RuleBudget.Turn turn) {
        return version == 0 ? List.of() : turn.explain(at(message.tenantId(), version, turn), message);
    }

    /** Returns the rules of a version, compiled if nobody has asked for them lately. */
    RuleSet at(String tenantId, long version, Costly compiling) {
        RuleSet now = of(tenantId);
        if (now.version() == version) {
            return now;
        }
        Edition edition = new Edition(tenantId, version);
        synchronized (earlier) {
            RuleSet known = earlier.get(edition);
            if (known != null) {
                return known;
            }
        }
        List<RuleRows.Row> rows = store.read(sql -> RuleRows.at(sql, tenantId, version));
        compiling.goOn();
        RuleSet then = RuleSet.of(version, rows.stream().map(RuleRows.Row::rule).toList());
        synchronized (earlier) {
            earlier.put(edition, then);
        }
        return then;
    }

    /** Returns the current rules of all tenants, for iteration. */
    Stream<Rulebook> books() {
        return register.all().stream();
    }

    /** Returns all rule sets, for iteration. */
    Stream<RuleSet> all() {
        return register.all().stream().map(Rulebook::rules);
    }
}
