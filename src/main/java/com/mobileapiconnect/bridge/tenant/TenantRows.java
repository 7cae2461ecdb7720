package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.guard.AllowedNetworks;
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

    private static final String ALL = "select id, name, allowed_networks, version, created_at from tenant";
    private static final String ONE = ALL + " where id = ?";
    private static final String PUT = """
            insert into tenant (id, name, allowed_networks, version, created_at) values (?, ?, ?, ?, ?)
            on conflict (id) do update set
                name = excluded.name, allowed_networks = excluded.allowed_networks, version = excluded.version""";

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
        Tenant stored = new Tenant(
                now.id(),
                now.name(),
                now.allowedNetworks(),
                before == null ? 1 : before.version() + 1,
                now.createdAt());
        String networks = String.join(" ", stored.allowedNetworks().toStrings());
        tx.sql()
                .sql(PUT)
                .params(
                        stored.id(),
                        stored.name(),
                        networks,
                        stored.version(),
                        stored.createdAt().toEpochMilli())
                .update();
        return stored;
    }

    private static Tenant read(ResultSet row) throws SQLException {
        String networks = row.getString("allowed_networks");
        return new Tenant(
                row.getString("id"),
                row.getString("name"),
                AllowedNetworks.of(networks.isEmpty() ? List.of() : List.of(networks.split(" "))),
                row.getLong("version"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
