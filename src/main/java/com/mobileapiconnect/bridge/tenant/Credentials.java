package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Every key that opens a door, by its hash; held in memory, so that a caller is known while the database is away. */
@Component
public class Credentials {

    private static final String ALL = "select id, hash, kind, tenant_id, device_id, name, created_at from credential";
    private static final String INSERT = """
            insert into credential (id, hash, kind, tenant_id, device_id, name, created_at)
            values (?, ?, ?, ?, ?, ?, ?)""";
    private static final String DELETE = "delete from credential where id = ?";
    private static final String DELETE_OF_DEVICE = "delete from credential where device_id = ?";
    private static final String DELETE_OF_OPERATOR = "delete from credential where kind = 'operator'";
    private static final String OF_TENANT = ALL + " where kind = 'tenant' and tenant_id = ? order by id desc";

    private final Store store;
    private final Map<ByteBuffer, Credential> byHash = new ConcurrentHashMap<>();

    Credentials(Store store) {
        this.store = store;
        store.read(sql -> sql.sql(ALL).query((row, n) -> read(row)).list()).forEach(this::publish);
    }

    /** Who holds this key; empty for an unknown one. */
    public Optional<Caller> find(String key) {
        byte[] hash = Credential.hashOf(key);
        Credential found = byHash.get(ByteBuffer.wrap(hash));
        // The map compares hashes of a secret, which tells a timing attacker nothing; this compares in constant time.
        return found != null && MessageDigest.isEqual(found.hash(), hash)
                ? Optional.of(found.caller())
                : Optional.empty();
    }

    /** Within the transaction that makes its owner; {@link #publish} it after the commit. */
    public void insert(Transaction tx, Credential credential) {
        tx.sql()
                .sql(INSERT)
                .params(
                        credential.id(),
                        credential.hash(),
                        kind(credential.caller()),
                        tenantOf(credential.caller()),
                        deviceOf(credential.caller()),
                        credential.name(),
                        credential.createdAt().toEpochMilli())
                .update();
    }

    /** From now on the key is known. */
    public void publish(Credential credential) {
        byHash.put(ByteBuffer.wrap(credential.hash()), credential);
    }

    public void deleteOfDevice(Transaction tx, String deviceId) {
        tx.sql().sql(DELETE_OF_DEVICE).param(deviceId).update();
    }

    /** From now on the device's token is unknown. */
    public void forgetDevice(String deviceId) {
        byHash.values()
                .removeIf(c ->
                        c.caller() instanceof Caller.OfDevice d && d.deviceId().equals(deviceId));
    }

    /** Replaces the operator's key, whichever it was. */
    public void replaceOperator(Credential credential) {
        store.writeNow(tx -> {
            tx.sql().sql(DELETE_OF_OPERATOR).update();
            insert(tx, credential);
            return credential;
        });
        byHash.values().removeIf(c -> c.caller() instanceof Caller.OfOperator);
        publish(credential);
    }

    public boolean hasOperator() {
        return byHash.values().stream().anyMatch(c -> c.caller() instanceof Caller.OfOperator);
    }

    List<Credential> ofTenant(String tenantId) {
        return store.read(sql ->
                sql.sql(OF_TENANT).param(tenantId).query((row, n) -> read(row)).list());
    }

    void delete(Transaction tx, Credential credential) {
        tx.sql().sql(DELETE).param(credential.id()).update();
    }

    void forget(Credential credential) {
        byHash.remove(ByteBuffer.wrap(credential.hash()));
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
