package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.mobileapiconnect.bridge.destination.ConnectionView;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.rule.Rule;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    static String write(List<Target> connections, List<Rule> rules) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", VERSION);
        file.put("connections", connections.stream().map(ConfigYaml::plain).toList());
        file.put("rules", rules.stream().map(ConfigYaml::plain).toList());
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setWidth(120)
                .build();
        return new Dump(settings).dumpToString(file);
    }

    private static Map<String, Object> plain(Target connection) {
        Map<String, Object> plain = plain(ConnectionView.of(connection, Instant.EPOCH));
        plain.keySet().removeAll(DERIVED);
        return plain;
    }

    /** Returns the entry of a rule; two rules with equal entries differ in their webhooks' secrets at most. */
    static Map<String, Object> plain(Rule rule) {
        return plain(new RuleEntry(
                rule.id(),
                rule.name(),
                rule.enabled(),
                rule.priority(),
                rule.when().toJson(),
                rule.actions().stream().map(ActionKinds::view).toList(),
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
