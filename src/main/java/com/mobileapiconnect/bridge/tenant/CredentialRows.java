package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Rows;
import com.mobileapiconnect.bridge.store.Transaction;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Credentials as rows, by the hash of their key. */
final class CredentialRows implements Rows<ByteBuffer, Credential> {

    private static final String ALL = """
            select id, hash, kind, tenant_id, device_id, name, scopes, expires_at, version, created_at from credential""";
    private static final String ONE = ALL + " where hash = ?";
    private static final String INSERT = """
            insert into credential
                (id, hash, kind, tenant_id, device_id, name, scopes, expires_at, version, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String UPDATE = """
            update credential set name = ?, scopes = ?, expires_at = ?, version = ? where hash = ?""";
    private static final String DELETE = "delete from credential where hash = ?";
    private static final String OF_TENANT = ALL + " where kind = 'tenant' and tenant_id = ? order by id desc";
    private static final String OF_DEVICE = ALL + " where device_id = ?";
    private static final String OF_OPERATOR = ALL + " where kind = 'operator'";

    @Override
    public ByteBuffer key(Credential credential) {
        return ByteBuffer.wrap(credential.hash());
    }

    @Override
    public List<Credential> all(JdbcClient sql) {
        return list(sql.sql(ALL));
    }

    static List<Credential> ofTenant(JdbcClient sql, String tenantId) {
        return list(sql.sql(OF_TENANT).param(tenantId));
    }

    static List<Credential> ofDevice(JdbcClient sql, String deviceId) {
        return list(sql.sql(OF_DEVICE).param(deviceId));
    }

    static List<Credential> ofOperator(JdbcClient sql) {
        return list(sql.sql(OF_OPERATOR));
    }

    private static List<Credential> list(JdbcClient.StatementSpec statement) {
        return statement.query((row, n) -> read(row)).list();
    }

    @Override
    public @Nullable Credential find(JdbcClient sql, ByteBuffer hash, @Nullable Credential known) {
        return sql.sql(ONE)
                .param(hash.array())
                .query((row, n) -> read(row))
                .optional()
                .orElse(null);
    }

    /** Changes only what may change: another key is another credential. */
    @Override
    public Credential put(Transaction tx, @Nullable Credential before, Credential now) {
        if (before != null) {
            Credential stored = now.stored(before.version() + 1);
            tx.sql()
                    .sql(UPDATE)
                    .params(stored.name(), scopesOf(stored), expiryOf(stored), stored.version(), stored.hash())
                    .update();
            return stored;
        }
        Credential stored = now.stored(1);
        tx.sql()
                .sql(INSERT)
                .params(
                        stored.id(),
                        stored.hash(),
                        kind(stored.caller()),
                        tenantOf(stored.caller()),
                        deviceOf(stored.caller()),
                        stored.name(),
                        scopesOf(stored),
                        expiryOf(stored),
                        stored.version(),
                        stored.createdAt().toEpochMilli())
                .update();
        return stored;
    }

    @Override
    public void remove(Transaction tx, Credential before) {
        tx.sql().sql(DELETE).param(before.hash()).update();
    }

    private static Credential read(ResultSet row) throws SQLException {
        String id = row.getString("id");
        String tenant = row.getString("tenant_id");
        Caller caller =
                switch (row.getString("kind")) {
                    case "tenant" -> new Caller.OfTenant(tenant, id, grant(row));
                    case "device" -> new Caller.OfDevice(tenant, row.getString("device_id"));
                    default -> new Caller.OfOperator(id);
                };
        return new Credential(
                id,
                row.getBytes("hash"),
                caller,
                row.getString("name"),
                Columns.time(row, "created_at"),
                row.getLong("version"));
    }

    /** Leaves out scopes that this version does not have. */
    private static Grant grant(ResultSet row) throws SQLException {
        Set<Scope> scopes = Stream.of(row.getString("scopes").split(" "))
                .flatMap(name -> WireName.find(Scope.class, name).stream())
                .collect(Collectors.toSet());
        return new Grant(scopes, Columns.timeOrNull(row, "expires_at"));
    }

    private static @Nullable String scopesOf(Credential credential) {
        return credential.caller() instanceof Caller.OfTenant tenant
                ? String.join(" ", tenant.grant().names())
                : null;
    }

    private static @Nullable Long expiryOf(Credential credential) {
        Instant end = credential.grant().expiresAt();
        return end == null ? null : end.toEpochMilli();
    }

    private static String kind(Caller caller) {
        if (caller instanceof Caller.OfTenant) {
            return "tenant";
        }
        return caller instanceof Caller.OfDevice ? "device" : "operator";
    }

    private static @Nullable String tenantOf(Caller caller) {
        if (caller instanceof Caller.OfTenant tenant) {
            return tenant.tenantId();
        }
        return caller instanceof Caller.OfDevice device ? device.tenantId() : null;
    }

    private static @Nullable String deviceOf(Caller caller) {
        return caller instanceof Caller.OfDevice device ? device.deviceId() : null;
    }
}
