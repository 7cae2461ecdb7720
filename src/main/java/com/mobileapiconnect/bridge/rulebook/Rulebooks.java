package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.rule.RuleTrace;
import com.mobileapiconnect.bridge.rule.Subject;
import com.mobileapiconnect.bridge.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The current rules of every tenant, compiled. A change swaps the whole set at once; a decision under way continues
 * with its set, so no message is ever evaluated against half a change.
 */
@Component
public class Rulebooks {

    /** Number of versions kept, those used last: a list of messages mostly needs one or two. */
    private static final int REMEMBERED = 8;

    private final Map<String, RuleSet> standing = new ConcurrentHashMap<>();
    private final Map<Edition, RuleSet> earlier = new LinkedHashMap<>(REMEMBERED, 0.75f, true) { // guarded by itself
                @Override
                protected boolean removeEldestEntry(Map.Entry<Edition, RuleSet> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private record Edition(String tenantId, long version) {}

    Rulebooks(Store store) {
        Map<String, Long> versions = store.read(RuleRows::versions);
        Map<String, List<Rule>> rules = store.read(RuleRows::standing);
        versions.forEach(
                (tenantId, version) -> publish(tenantId, RuleSet.of(version, rules.getOrDefault(tenantId, List.of()))));
    }

    /** Returns the current rules; immutable. */
    public RuleSet of(String tenantId) {
        return standing.getOrDefault(tenantId, RuleSet.NONE);
    }

    /** Decides about a message by the current rules; pure and without a lock. */
    public Decision decide(Subject subject, String tenantName) {
        RuleSet rules = standing.get(subject.message().tenantId());
        return rules == null ? Decision.NO_RULES : rules.decide(subject, tenantName);
    }

    /** Explains how the rules judged a message, in the version by which it was decided; empty if there were none. */
    public List<RuleTrace> explain(JdbcClient sql, InboundMessage message, long version) {
        return version == 0 ? List.of() : at(sql, message.tenantId(), version).explain(message);
    }

    private RuleSet at(JdbcClient sql, String tenantId, long version) {
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
        RuleSet then = RuleSet.of(version, RuleRows.at(sql, tenantId, version));
        synchronized (earlier) {
            earlier.put(edition, then);
        }
        return then;
    }

    /** Puts the rules into force. */
    void publish(String tenantId, RuleSet rules) {
        standing.put(tenantId, rules);
    }

    /** Returns all rules, for iteration. */
    Map<String, RuleSet> all() {
        return Map.copyOf(standing);
    }
}
