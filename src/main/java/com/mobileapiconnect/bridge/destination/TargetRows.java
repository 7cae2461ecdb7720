package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Metadata;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.rule.PredicateParser;
import com.mobileapiconnect.bridge.rule.When;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Rows;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Targets as rows; their secrets leave and enter through the vault. */
final class TargetRows implements Rows<String, Target> {

    private static final String LIVE = "select * from target where deleted_at is null";
    private static final String ONE = LIVE + " and id = ?";
    private static final String VERSIONS = "select id, version from target where id in (:ids) and deleted_at is null";
    private static final String PUT = """
            insert into target (%s, seq)
            values (%s, (select coalesce(max(seq), 0) + 1 from target))
            on conflict (id) do update set %s where target.deleted_at is null""";
    private static final String NEWEST = "select coalesce(max(seq), 0) from target";
    private static final String MADE_AFTER = "select id, seq from target where tenant_id = ? and seq > ?";
    private static final String BURY = """
            update target set deleted_at = ?, secret = null, previous_secret = null, http = null,
                secret_properties = null, url = null, properties = '{}', metadata = null
            where id = ?""";

    /** Fewer than the parameters that a statement may have, on either database. */
    private static final int AT_ONCE = 500;

    private final Vault vault;
    private final Clock clock;
    private final List<Column> columns;
    private final String put;

    /** A column of a target, and its value. */
    private record Column(String name, boolean changes, Function<Target, @Nullable Object> value) {}

    TargetRows(Vault vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
        this.columns = columns();
        this.put = PUT.formatted(
                columns.stream().map(Column::name).collect(Collectors.joining(", ")),
                columns.stream().map(column -> "?").collect(Collectors.joining(", ")),
                columns.stream()
                        .filter(Column::changes)
                        .map(column -> column.name() + " = excluded." + column.name())
                        .collect(Collectors.joining(", ")));
    }

    private List<Column> columns() {
        return List.of(
                new Column("id", false, Target::id),
                new Column("tenant_id", false, Target::tenantId),
                new Column("type", false, target -> target.type().wireName()),
                new Column("created_at", false, target -> Columns.millis(target.createdAt())),
                changing("name", Target::name),
                changing("connector", Target::connector),
                changing("url", Target::url),
                changing("enabled", target -> target.enabled() ? 1 : 0),
                changing("status", target -> target.state().status().wireName()),
                changing("status_reason", target -> target.state().reason()),
                changing("secret", target -> seal(target.signing().current(), place(target.id(), "secret"))),
                changing(
                        "previous_secret", target -> seal(target.signing().previous(), place(target.id(), "previous"))),
                changing(
                        "previous_until",
                        target -> Columns.millis(target.signing().previousUntil())),
                changing("events", target -> EventNames.toStore(target.mirror().events())),
                changing("predicate", target -> predicate(target.when())),
                changing(
                        "properties",
                        target -> StoredJson.write(target.properties().plain())),
                changing("secret_properties", this::sealed),
                changing("redelivery", target -> StoredJson.write(target.redelivery())),
                changing("concurrency", target -> target.pace().concurrency()),
                changing("rate_per_second", target -> target.pace().ratePerSecond()),
                changing("ordered", target -> target.pace().ordered() ? 1 : 0),
                changing("expires_after", target -> millis(target.pace().expiresAfter())),
                changing("http", target -> HttpOptionsBox.seal(target.http(), vault, place(target.id(), "http"))),
                changing("metadata", target -> Metadata.column(target.form().metadata())),
                changing("payload_include", target -> FormColumns.include(target.form())),
                changing("signature_header", target -> FormColumns.signatureHeader(target.form())),
                changing("answers", target -> AnswersFields.toStore(target.answers())),
                changing("version", Target::version),
                changing("updated_at", target -> Columns.millis(target.updatedAt())));
    }

    private static Column changing(String name, Function<Target, @Nullable Object> value) {
        return new Column(name, true, value);
    }

    private static @Nullable String predicate(When when) {
        return when.equals(When.EVERYTHING) ? null : StoredJson.write(when.toJson());
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    @Override
    public String key(Target target) {
        return target.id();
    }

    @Override
    public List<Target> all(JdbcClient sql) {
        return sql.sql(LIVE).query((row, n) -> read(row)).list();
    }

    @Override
    public @Nullable Target find(JdbcClient sql, String id, @Nullable Target known) {
        return sql.sql(ONE).param(id).query((row, n) -> read(row)).optional().orElse(null);
    }

    /** Reads only those whose version is not the one in memory. */
    @Override
    public Map<String, Target> findAll(
            JdbcClient sql, Collection<String> ids, Function<String, @Nullable Target> known) {
        Map<String, Target> found = new HashMap<>();
        List<String> all = List.copyOf(ids);
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            versions(sql, all.subList(i, Math.min(all.size(), i + AT_ONCE))).forEach((id, version) -> {
                Target target = known.apply(id);
                Target row = target != null && target.version() == version ? target : find(sql, id, target);
                if (row != null) {
                    found.put(id, row);
                }
            });
        }
        return found;
    }

    private static Map<String, Long> versions(JdbcClient sql, List<String> ids) {
        Map<String, Long> versions = new HashMap<>();
        sql.sql(VERSIONS).param("ids", ids).query(row -> {
            versions.put(row.getString(1), row.getLong(2));
        });
        return versions;
    }

    /** Returns the number of the target that was made last. */
    static long newest(JdbcClient sql) {
        return sql.sql(NEWEST).query(Long.class).single();
    }

    /** Returns the numbers, by id, of a tenant's targets that were made after this one. */
    static Map<String, Long> madeAfter(JdbcClient sql, String tenantId, long number) {
        Map<String, Long> made = new HashMap<>();
        sql.sql(MADE_AFTER).params(tenantId, number).query(row -> {
            made.put(row.getString(1), row.getLong(2));
        });
        return made;
    }

    @Override
    public Target put(Transaction tx, @Nullable Target before, Target now) {
        return putAll(tx, List.of(new Put<>(before, now))).get(0);
    }

    @Override
    public List<Target> putAll(Transaction tx, List<Put<Target>> puts) {
        List<Target> stored = puts.stream().map(TargetRows::stored).toList();
        tx.batch(put, stored.stream().map(this::values).toList());
        return stored;
    }

    private static Target stored(Put<Target> put) {
        Target before = put.before();
        return put.now().stored(before == null ? 1 : before.version() + 1);
    }

    private List<@Nullable Object> values(Target target) {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        columns.forEach(column -> values.add(column.value().apply(target)));
        return values;
    }

    /** Keeps the name for old deliveries, without secrets and URL. */
    @Override
    public void remove(Transaction tx, Target before) {
        removeAll(tx, List.of(before));
    }

    @Override
    public void removeAll(Transaction tx, List<Target> before) {
        long now = clock.millis();
        tx.batch(BURY, before.stream().map(target -> List.of(now, target.id())).toList());
    }

    private Target read(ResultSet row) throws SQLException {
        String id = row.getString("id");
        When when = when(row.getString("predicate"));
        Target.Type type =
                WireName.find(Target.Type.class, row.getString("type")).orElseThrow();
        return new Target(
                new Target.Key(id, row.getString("tenant_id"), type),
                row.getString("name"),
                new Target.Reach(
                        row.getString("connector"),
                        row.getString("url"),
                        new TargetProperties(
                                StoredJson.read(row.getString("properties")),
                                secrets(row.getBytes("secret_properties"), place(id, "properties"))),
                        HttpOptionsBox.open(row.getBytes("http"), vault, place(id, "http")),
                        signing(id, row),
                        AnswersFields.stored(row.getString("answers"))),
                new Target.Mirror(
                        row.getInt("enabled") != 0,
                        when == null ? When.EVERYTHING : when,
                        EventNames.stored(row.getString("events"), type)),
                FormColumns.read(row),
                when == null
                        ? Target.State.disabled("The condition of the target is no longer valid; set it again")
                        : new Target.State(
                                WireName.find(Target.Status.class, row.getString("status"))
                                        .orElseThrow(),
                                row.getString("status_reason")),
                RedeliveryPolicy.read(
                        Fields.of(StoredJson.read(row.getString("redelivery")), "redelivery.", new ArrayList<>())),
                new Target.Pace(
                        row.getInt("concurrency"),
                        Columns.real(row, "rate_per_second"),
                        row.getInt("ordered") != 0,
                        Columns.durationOrNull(row, "expires_after")),
                new Target.Stamps(
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Instant.ofEpochMilli(row.getLong("updated_at")),
                        row.getLong("version")));
    }

    /**
     * Returns null for a condition that is no longer valid: a single bad target must not prevent others from loading.
     */
    private static @Nullable When when(@Nullable String json) {
        return PredicateParser.parseStored(json == null ? null : StoredJson.read(json), "when", (field, message) -> {})
                .orElse(null);
    }

    private Signing signing(String id, ResultSet row) throws SQLException {
        long until = row.getLong("previous_until");
        return new Signing(
                open(row.getBytes("secret"), place(id, "secret")),
                open(row.getBytes("previous_secret"), place(id, "previous")),
                until == 0 ? null : Instant.ofEpochMilli(until));
    }

    private byte @Nullable [] seal(@Nullable Redacted secret, String place) {
        return secret == null ? null : vault.seal(secret.reveal(), place);
    }

    private @Nullable Redacted open(byte @Nullable [] box, String place) {
        return box == null ? null : new Redacted(vault.open(box, place));
    }

    private byte @Nullable [] sealed(Target target) {
        Map<String, String> opened = new LinkedHashMap<>();
        target.properties().secrets().forEach((name, secret) -> opened.put(name, secret.reveal()));
        return opened.isEmpty() ? null : vault.seal(StoredJson.write(opened), place(target.id(), "properties"));
    }

    private Map<String, Redacted> secrets(byte @Nullable [] box, String place) {
        Map<String, Redacted> secrets = new LinkedHashMap<>();
        if (box != null) {
            StoredJson.read(vault.open(box, place))
                    .properties()
                    .forEach(each -> secrets.put(
                            each.getKey(), new Redacted(each.getValue().textValue())));
        }
        return secrets;
    }

    static String place(String id, String column) {
        return "target/" + id + "/" + column;
    }
}
