package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.guard.AllowedNetworks;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Rows;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tenants as rows. */
final class TenantRows implements Rows<String, Tenant> {

    private static final String ALL = """
            select id, name, allowed_networks, limits, status, status_since, region, version, created_at
            from tenant""";
    private static final String ONE = ALL + " where id = ?";
    private static final String PUT = """
            insert into tenant (id, name, allowed_networks, limits, status, status_since, region, version,
                created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set
                name = excluded.name, allowed_networks = excluded.allowed_networks, limits = excluded.limits,
                status = excluded.status, status_since = excluded.status_since, region = excluded.region, version = excluded.version""";
    private static final String DELETE = "delete from tenant where id = ?";

    @Override
    public String key(Tenant tenant) {
        return tenant.id();
    }

    @Override
    public List<Tenant> all(JdbcClient sql) {
        return sql.sql(ALL).query((row, n) -> read(row)).list();
    }

    @Override
    public @Nullable Tenant find(JdbcClient sql, String id, @Nullable Tenant known) {
        return sql.sql(ONE).param(id).query((row, n) -> read(row)).optional().orElse(null);
    }

    @Override
    public Tenant put(Transaction tx, @Nullable Tenant before, Tenant now) {
        Tenant stored = now.stored(before == null ? 1 : before.version() + 1);
        String networks = String.join(" ", stored.allowedNetworks().toStrings());
        tx.sql()
                .sql(PUT)
                .params(
                        stored.id(),
                        stored.name(),
                        networks,
                        LimitsJson.write(stored.limits()),
                        stored.state().status().wireName(),
                        stored.state().since().toEpochMilli(),
                        stored.region(),
                        stored.version(),
                        stored.createdAt().toEpochMilli())
                .update();
        return stored;
    }

    @Override
    public void remove(Transaction tx, Tenant before) {
        tx.sql().sql(DELETE).param(before.id()).update();
    }

    private static Tenant read(ResultSet row) throws SQLException {
        String networks = row.getString("allowed_networks");
        Instant createdAt = Columns.time(row, "created_at");
        Instant since = Columns.timeOrNull(row, "status_since");
        return new Tenant(
                row.getString("id"),
                row.getString("name"),
                AllowedNetworks.of(networks.isEmpty() ? List.of() : List.of(networks.split(" "))),
                LimitsJson.read(row.getString("limits")),
                new Tenant.State(
                        WireName.find(Tenant.Status.class, row.getString("status"))
                                .orElseThrow(),
                        since == null ? createdAt : since),
                row.getString("region"),
                row.getLong("version"),
                createdAt);
    }
}
