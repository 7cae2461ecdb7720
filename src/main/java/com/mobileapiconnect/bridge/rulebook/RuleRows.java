package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.PredicateParser;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.When;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rules as rows: a change ends the current form and begins another, so that every version can be read again. */
final class RuleRows {

    private static final Logger LOG = LoggerFactory.getLogger(RuleRows.class);
    private static final String STANDING = "select * from rule where until_version is null";
    private static final String AT = """
            select * from rule
            where tenant_id = :tenant and since_version <= :version
              and (until_version is null or until_version > :version)""";
    private static final String VERSIONS = "select tenant_id, version from rule_version";
    private static final String VERSION = "select version from rule_version where tenant_id = ?";
    private static final String PUT_VERSION = """
            insert into rule_version (tenant_id, version) values (?, ?)
            on conflict (tenant_id) do update set version = excluded.version""";
    private static final String REMOVE_VERSION = "delete from rule_version where tenant_id = ?";
    private static final String END =
            "update rule set until_version = ?, ended_at = ? where id = ? and until_version is null";
    private static final String INSERT = """
            insert into rule (id, since_version, tenant_id, name, enabled, priority, predicate, actions, continues,
                created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final JsonMapper JSON = new JsonMapper();

    private RuleRows() {}

    static Map<String, Long> versions(JdbcClient sql) {
        Map<String, Long> versions = new HashMap<>();
        sql.sql(VERSIONS).query(row -> {
            versions.put(row.getString("tenant_id"), row.getLong("version"));
        });
        return versions;
    }

    /** Returns the current rules by tenant. */
    static Map<String, List<Rule>> standing(JdbcClient sql) {
        Map<String, List<Rule>> rules = new HashMap<>();
        sql.sql(STANDING).query(row -> {
            rules.computeIfAbsent(row.getString("tenant_id"), any -> new ArrayList<>())
                    .add(Row.of(row).rule());
        });
        return rules;
    }

    /** Returns the rules of a version, which are still to be compiled. */
    static List<Row> at(JdbcClient sql, String tenantId, long version) {
        return sql.sql(AT)
                .param("tenant", tenantId)
                .param("version", version)
                .query((row, n) -> Row.of(row))
                .list();
    }

    static @Nullable Long version(JdbcClient sql, String tenantId) {
        return sql.sql(VERSION).param(tenantId).query(Long.class).optional().orElse(null);
    }

    static void putVersion(Transaction tx, String tenantId, long version) {
        tx.sql().sql(PUT_VERSION).params(tenantId, version).update();
    }

    static void removeVersion(Transaction tx, String tenantId) {
        tx.sql().sql(REMOVE_VERSION).param(tenantId).update();
    }

    static void end(Transaction tx, List<String> ruleIds, long version, Instant now) {
        long at = now.toEpochMilli();
        tx.batch(END, ruleIds.stream().map(id -> List.of(version, at, id)).toList());
    }

    static void insert(Transaction tx, String tenantId, List<Rule> rules) {
        tx.batch(INSERT, rules.stream().map(rule -> values(tenantId, rule)).toList());
    }

    private static List<@Nullable Object> values(String tenantId, Rule rule) {
        return Arrays.asList(
                rule.id(),
                rule.version(),
                tenantId,
                rule.name(),
                rule.enabled() ? 1 : 0,
                rule.priority(),
                predicate(rule),
                actions(rule),
                rule.continues() ? 1 : 0,
                rule.createdAt().toEpochMilli(),
                rule.updatedAt().toEpochMilli());
    }

    /** Returns the condition in its stored form; null for one that matches everything. */
    static @Nullable String predicate(Rule rule) {
        return rule.when().equals(When.EVERYTHING) ? null : rule.when().toString();
    }

    /** Returns the actions in their stored form, which has no secrets. */
    static String actions(Rule rule) {
        return JSON.valueToTree(rule.actions().stream().map(ActionKinds::view).toList())
                .toString();
    }

    /** A rule as it stands in the table. Compiling it may take long, so a reader of the store must not wait for it. */
    record Row(
            String id,
            String name,
            boolean enabled,
            int priority,
            @Nullable String predicate,
            String actions,
            boolean continues,
            long version,
            Instant createdAt,
            Instant updatedAt) {

        private static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getString("id"),
                    row.getString("name"),
                    row.getInt("enabled") != 0,
                    row.getInt("priority"),
                    row.getString("predicate"),
                    row.getString("actions"),
                    row.getInt("continues") != 0,
                    row.getLong("since_version"),
                    Instant.ofEpochMilli(row.getLong("created_at")),
                    Instant.ofEpochMilli(row.getLong("updated_at")));
        }

        Rule rule() {
            When when = When.EVERYTHING;
            List<Action> read = new ArrayList<>();
            boolean readable = true;
            try {
                JsonNode source = predicate == null ? null : JSON.readTree(predicate);
                when = PredicateParser.parseStored(source, "when", (field, message) -> {})
                        .orElseThrow();
                JSON.readTree(actions).forEach(action -> read.add(ActionKinds.stored(action)));
            } catch (JsonProcessingException | RuntimeException e) {
                // Valid earlier, invalid now: one such rule must not keep the others from loading.
                LOG.warn("Rule {} is no longer valid and is not evaluated; save it again: {}", id, e.getMessage());
                readable = false;
            }
            return new Rule(
                    id, name, readable && enabled, priority, when, read, continues, version, createdAt, updatedAt);
        }
    }
}
