package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Versioned;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.rule.Rule;
import java.time.Instant;
import java.util.List;

/** A rule as the API shows it. */
record RuleView(
        String id,
        String name,
        boolean enabled,
        int priority,
        JsonNode when,
        List<Record> then,
        @JsonProperty("continue") boolean continues,
        long version,
        Instant createdAt,
        Instant updatedAt)
        implements Versioned {

    static RuleView of(Rule rule, Targets targets) {
        return new RuleView(
                rule.id(),
                rule.name(),
                rule.enabled(),
                rule.priority(),
                rule.when().toJson(),
                rule.actions().stream()
                        .map(action -> ActionKinds.shown(action, targets))
                        .toList(),
                rule.continues(),
                rule.version(),
                rule.createdAt(),
                rule.updatedAt());
    }
}
