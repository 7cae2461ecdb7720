package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Rows;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Resources as rows; an id is a name. */
final class ResourceRows implements Rows<String, Resource> {

    static final String TABLE = "resource";
    static final String SECRETS = "secrets";
    static final String PLACE = "resource/%s/secrets";

    private static final String ALL = """
            select id, kind, place, secrets, tenants, version, created_at, updated_at from resource""";
    private static final String ONE = ALL + " where id = ?";
    private static final String PUT = """
            insert into resource (id, kind, place, secrets, tenants, version, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set
                kind = excluded.kind, place = excluded.place, secrets = excluded.secrets, tenants = excluded.tenants,
                version = excluded.version, updated_at = excluded.updated_at""";
    private static final String DELETE = "delete from resource where id = ?";

    private final Vault vault;

    ResourceRows(Vault vault) {
        this.vault = vault;
    }

    @Override
    public String key(Resource resource) {
        return resource.name();
    }

    @Override
    public List<Resource> all(JdbcClient sql) {
        return sql.sql(ALL).query((row, n) -> read(row)).list();
    }

    @Override
    public @Nullable Resource find(JdbcClient sql, String name, @Nullable Resource known) {
        return sql.sql(ONE).param(name).query((row, n) -> read(row)).optional().orElse(null);
    }

    @Override
    public Resource put(Transaction tx, @Nullable Resource before, Resource now) {
        Resource stored = now.stored(before == null ? 1 : before.version() + 1);
        String secrets = PlaceJson.secrets(stored.place());
        tx.sql()
                .sql(PUT)
                .params(
                        stored.name(),
                        stored.kind().wireName(),
                        PlaceJson.plain(stored.place()),
                        secrets == null ? null : vault.seal(secrets, PLACE.formatted(stored.name())),
                        stored.tenants().column(),
                        stored.version(),
                        stored.createdAt().toEpochMilli(),
                        stored.updatedAt().toEpochMilli())
                .update();
        return stored;
    }

    @Override
    public void remove(Transaction tx, Resource before) {
        tx.sql().sql(DELETE).param(before.name()).update();
    }

    private Resource read(ResultSet row) throws SQLException {
        String name = row.getString("id");
        byte[] box = row.getBytes("secrets");
        ResourceKind kind =
                WireName.find(ResourceKind.class, row.getString("kind")).orElseThrow();
        return new Resource(
                name,
                PlaceJson.read(
                        kind, row.getString("place"), box == null ? null : vault.open(box, PLACE.formatted(name))),
                TenantList.ofColumn(row.getString("tenants")),
                Resource.Source.API,
                row.getLong("version"),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"));
    }
}
