package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.rule.PredicateParser;
import com.mobileapiconnect.bridge.rule.When;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Targets as rows; their secrets leave and enter through the vault. */
final class TargetRows {

    private static final String LIVE = "select * from target where deleted_at is null";
    private static final String PUT = """
            insert into target (id, tenant_id, type, name, connector, url, enabled, status, status_reason,
                secret, previous_secret, previous_until, predicate, properties, redelivery,
                concurrency, rate_per_second, ordered, expires_after, http, created_at, updated_at)
            values (:id, :tenant, :type, :name, :connector, :url, :enabled, :status, :statusReason,
                :secret, :previousSecret, :previousUntil, :predicate, :properties, :redelivery,
                :concurrency, :rate, :ordered, :expiresAfter, :http, :createdAt, :updatedAt)
            on conflict (id) do update set
                name = excluded.name, connector = excluded.connector, url = excluded.url,
                enabled = excluded.enabled, status = excluded.status, status_reason = excluded.status_reason,
                secret = excluded.secret, previous_secret = excluded.previous_secret,
                previous_until = excluded.previous_until, predicate = excluded.predicate,
                properties = excluded.properties, redelivery = excluded.redelivery,
                concurrency = excluded.concurrency, rate_per_second = excluded.rate_per_second,
                ordered = excluded.ordered, expires_after = excluded.expires_after, http = excluded.http,
                updated_at = excluded.updated_at""";
    private static final String BURY = """
            update target set deleted_at = ?, secret = null, previous_secret = null, http = null,
                url = null, properties = '{}'
            where id = ?""";
    private static final JsonMapper JSON = new JsonMapper();

    private final Vault vault;

    TargetRows(Vault vault) {
        this.vault = vault;
    }

    List<Target> all(JdbcClient sql) {
        return sql.sql(LIVE).query((row, n) -> read(row)).list();
    }

    void put(Transaction tx, Target target) {
        Signing signing = target.signing();
        Instant until = signing.previousUntil();
        Duration expiresAfter = target.pace().expiresAfter();
        tx.sql()
                .sql(PUT)
                .param("id", target.id())
                .param("tenant", target.tenantId())
                .param("type", target.type().wireName())
                .param("name", target.name())
                .param("connector", target.connector())
                .param("url", target.url())
                .param("enabled", target.enabled() ? 1 : 0)
                .param("status", target.status().wireName())
                .param("statusReason", target.statusReason())
                .param("secret", seal(signing.current(), place(target.id(), "secret")))
                .param("previousSecret", seal(signing.previous(), place(target.id(), "previous")))
                .param("previousUntil", until == null ? null : until.toEpochMilli())
                .param(
                        "predicate",
                        target.when().equals(When.EVERYTHING)
                                ? null
                                : write(target.when().toJson()))
                .param("properties", write(target.properties()))
                .param("redelivery", write(policyJson(target.redelivery())))
                .param("concurrency", target.pace().concurrency())
                .param("rate", target.pace().ratePerSecond())
                .param("ordered", target.pace().ordered() ? 1 : 0)
                .param("http", sealHttp(target))
                .param("expiresAfter", expiresAfter == null ? null : expiresAfter.toMillis())
                .param("createdAt", target.createdAt().toEpochMilli())
                .param("updatedAt", target.updatedAt().toEpochMilli())
                .update();
    }

    void bury(Transaction tx, String id, Instant now) {
        tx.sql().sql(BURY).params(now.toEpochMilli(), id).update();
    }

    static Map<String, Object> policyJson(RedeliveryPolicy policy) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("maxAttempts", policy.maxAttempts());
        json.put("initialDelay", policy.initialDelay().toString());
        json.put("multiplier", policy.multiplier());
        json.put("maxDelay", policy.maxDelay().toString());
        json.put("jitter", policy.jitter());
        json.put("timeout", policy.timeout().toString());
        return json;
    }

    private Target read(ResultSet row) throws SQLException {
        String id = row.getString("id");
        long until = row.getLong("previous_until");
        Signing signing = new Signing(
                open(row.getBytes("secret"), place(id, "secret")),
                open(row.getBytes("previous_secret"), place(id, "previous")),
                until == 0 ? null : Instant.ofEpochMilli(until));
        double rate = row.getDouble("rate_per_second");
        Double ratePerSecond = row.wasNull() ? null : rate;
        long expiresAfter = row.getLong("expires_after");
        When when = when(row.getString("predicate"));
        return new Target(
                new Target.Key(id, row.getString("tenant_id"), Target.Type.named(row.getString("type"))),
                row.getString("name"),
                new Target.Reach(
                        row.getString("connector"),
                        row.getString("url"),
                        parse(row.getString("properties")),
                        openHttp(id, row.getBytes("http")),
                        signing),
                new Target.Mirror(row.getInt("enabled") != 0, when == null ? When.EVERYTHING : when),
                when == null
                        ? Target.State.disabled("Its condition can no longer be read; set it again")
                        : new Target.State(
                                Target.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                                row.getString("status_reason")),
                policy(row.getString("redelivery")),
                new Target.Pace(
                        row.getInt("concurrency"),
                        ratePerSecond,
                        row.getInt("ordered") != 0,
                        expiresAfter == 0 ? null : Duration.ofMillis(expiresAfter)),
                new Target.Stamps(
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Instant.ofEpochMilli(row.getLong("updated_at"))));
    }

    /** Null when it was valid once and is no more: one such target must not keep the others from loading. */
    private static @Nullable When when(@Nullable String json) {
        return PredicateParser.parse(json == null ? null : parse(json), "when", (field, message) -> {})
                .orElse(null);
    }

    private static RedeliveryPolicy policy(String json) {
        return RedeliveryPolicy.read(Fields.of(parse(json), "redelivery.", new ArrayList<>()));
    }

    private byte @Nullable [] seal(@Nullable Redacted secret, String place) {
        return secret == null ? null : vault.seal(secret.reveal(), place);
    }

    private @Nullable Redacted open(byte @Nullable [] box, String place) {
        return box == null ? null : new Redacted(vault.open(box, place));
    }

    private byte @Nullable [] sealHttp(Target target) {
        Map<String, @Nullable Object> options = HttpOptionsView.revealed(target.http());
        return options == null ? null : vault.seal(write(options), place(target.id(), "http"));
    }

    private HttpOptions openHttp(String id, byte @Nullable [] box) {
        return box == null
                ? HttpOptions.NONE
                : HttpOptionsFields.stored(
                        Fields.of(parse(vault.open(box, place(id, "http"))), "http.", new ArrayList<>()));
    }

    static String place(String id, String column) {
        return "target/" + id + "/" + column;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What the bridge stored as JSON is none", e);
        }
    }

    private static String write(@Nullable Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read as JSON can be written", e);
        }
    }
}
