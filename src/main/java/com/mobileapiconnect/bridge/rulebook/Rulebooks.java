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
 * Every tenant's rules as they stand, compiled. A change swaps the whole set at once; whoever decides at that moment
 * goes on with the one that it has, so no message is ever held against half a change.
 */
@Component
public class Rulebooks {

    /** Versions that were asked about last: a list of messages mostly needs one or two. */
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

    /** The rules as they stand; immutable. */
    public RuleSet of(String tenantId) {
        return standing.getOrDefault(tenantId, RuleSet.NONE);
    }

    /** Pure and without a lock: what the rules as they stand make of a message. */
    public Decision decide(Subject subject, String tenantName) {
        RuleSet rules = standing.get(subject.message().tenantId());
        return rules == null ? Decision.NO_RULES : rules.decide(subject, tenantName);
    }

    /** How the rules judged a message in the version that it was held against; nothing when there were none. */
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

    /** From now on it counts. */
    void publish(String tenantId, RuleSet rules) {
        standing.put(tenantId, rules);
    }

    /** For going through all of them. */
    Map<String, RuleSet> all() {
        return Map.copyOf(standing);
    }
}
