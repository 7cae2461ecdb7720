package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.store.Rows;
import com.mobileapiconnect.bridge.store.Transaction;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Credentials as rows, by the hash of their key. */
final class CredentialRows implements Rows<ByteBuffer, Credential> {

    private static final String ALL = "select id, hash, kind, tenant_id, device_id, name, created_at from credential";
    private static final String ONE = ALL + " where hash = ?";
    private static final String INSERT = """
            insert into credential (id, hash, kind, tenant_id, device_id, name, created_at)
            values (?, ?, ?, ?, ?, ?, ?)""";
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

    /** A credential is never changed: another key is another credential. */
    @Override
    public Credential put(Transaction tx, @Nullable Credential before, Credential now) {
        tx.sql()
                .sql(INSERT)
                .params(
                        now.id(),
                        now.hash(),
                        kind(now.caller()),
                        tenantOf(now.caller()),
                        deviceOf(now.caller()),
                        now.name(),
                        now.createdAt().toEpochMilli())
                .update();
        return now;
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
                    case "tenant" -> new Caller.OfTenant(tenant, id);
                    case "device" -> new Caller.OfDevice(tenant, row.getString("device_id"));
                    default -> new Caller.OfOperator(id);
                };
        return new Credential(
                id,
                row.getBytes("hash"),
                caller,
                row.getString("name"),
                Instant.ofEpochMilli(row.getLong("created_at")));
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
