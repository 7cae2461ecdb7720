package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.mobileapiconnect.bridge.destination.ConnectionView;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Rule;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Writes a tenant's connections and rules as a YAML file for version control: without secrets and without values that change
 * by themselves.
 */
final class ConfigYaml {

    static final int VERSION = 1;

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();
    private static final Set<String> DERIVED =
            Set.of("signing", "previousValidUntil", "status", "statusReason", "version", "createdAt", "updatedAt");

    private ConfigYaml() {}

    static String write(List<Target> connections, List<Rule> rules, Targets targets) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", VERSION);
        file.put("connections", connections.stream().map(ConfigYaml::plain).toList());
        file.put("rules", rules.stream().map(rule -> inFile(rule, targets)).toList());
        return yaml(file);
    }

    /** Returns maps, lists and scalars as YAML. */
    static String yaml(Map<String, Object> file) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setSplitLines(false)
                .build();
        return new Dump(settings, new ClearScalars(settings))
                .dumpToString(file)
                // Only in double quotes, and line breaks to YAML 1.1, which no key may have.
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static Map<String, Object> plain(Target connection) {
        Map<String, Object> plain = plain(ConnectionView.of(connection, Instant.EPOCH));
        plain.keySet().removeAll(DERIVED);
        return plain;
    }

    /** Returns the entry of a rule; two rules with equal entries differ in what the targets of their actions know at most. */
    static Map<String, Object> plain(Rule rule) {
        return plain(rule, ActionKinds::view);
    }

    private static Map<String, Object> inFile(Rule rule, Targets targets) {
        return plain(rule, action -> ActionKinds.inFile(action, targets));
    }

    private static Map<String, Object> plain(Rule rule, Function<Action, Record> action) {
        return plain(new RuleEntry(
                rule.id(),
                rule.name(),
                rule.enabled(),
                rule.priority(),
                rule.when().toJson(),
                rule.actions().stream().map(action).toList(),
                rule.continues()));
    }

    private record RuleEntry(
            String id,
            String name,
            boolean enabled,
            int priority,
            JsonNode when,
            List<Record> then,
            @JsonProperty("continue") boolean continues) {}

    private static Map<String, Object> plain(Record view) {
        return JSON.convertValue(view, new TypeReference<Map<String, Object>>() {});
    }
}
