package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A rule as the configuration file has it: without secrets and without values that change by themselves. */
final class RuleInFile {

    private static final JsonMapper JSON = new JsonMapper();

    private RuleInFile() {}

    private record Entry(
            String id,
            String name,
            boolean enabled,
            int priority,
            JsonNode when,
            List<Record> then,
            @JsonProperty("continue") boolean continues) {}

    /** @param targets finds the targets of actions */
    static Map<String, Object> of(Rule rule, Function<String, Optional<Target>> targets) {
        return entry(rule, action -> ActionKinds.inFile(action, targets));
    }

    /** Returns whether two rules are the same, but for what only the targets of their actions know. */
    static boolean same(Rule one, Rule other) {
        return entry(one, ActionKinds::view).equals(entry(other, ActionKinds::view));
    }

    private static Map<String, Object> entry(Rule rule, Function<Action, Record> action) {
        Entry entry = new Entry(
                rule.id(),
                rule.name(),
                rule.enabled(),
                rule.priority(),
                rule.when().toJson(),
                rule.actions().stream().map(action).toList(),
                rule.continues());
        return JSON.convertValue(entry, new TypeReference<Map<String, Object>>() {});
    }
}
