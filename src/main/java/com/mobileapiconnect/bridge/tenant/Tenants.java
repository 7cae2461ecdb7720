package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.guard.AllowedNetworks;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** All tenants, held in memory. */
@Component
public class Tenants {

    private static final String ALL = "select id, name, allowed_networks, created_at from tenant";
    private static final String INSERT =
            "insert into tenant (id, name, allowed_networks, created_at) values (?, ?, ?, ?)";
    private static final String UPDATE = "update tenant set name = ?, allowed_networks = ? where id = ?";

    private final Map<String, Tenant> byId = new ConcurrentHashMap<>();

    Tenants(Store store) {
        store.read(sql -> sql.sql(ALL).query((row, n) -> read(row)).list()).forEach(this::publish);
    }

    public Optional<Tenant> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The tenant of an authenticated caller; there is always one. */
    public Tenant get(String id) {
        Tenant tenant = byId.get(id);
        if (tenant == null) {
            throw new IllegalStateException("Tenant " + id + " has callers but does not exist");
        }
        return tenant;
    }

    /** Newest first. */
    public List<Tenant> all() {
        return byId.values().stream()
                .sorted(Comparator.comparing(Tenant::createdAt)
                        .thenComparing(Tenant::id)
                        .reversed())
                .toList();
    }

    public void insert(Transaction tx, Tenant tenant) {
        tx.sql()
                .sql(INSERT)
                .params(
                        tenant.id(),
                        tenant.name(),
                        networks(tenant),
                        tenant.createdAt().toEpochMilli())
                .update();
    }

    void update(Transaction tx, Tenant tenant) {
        tx.sql()
                .sql(UPDATE)
                .params(tenant.name(), networks(tenant), tenant.id())
                .update();
    }

    /** After the commit: from now on it counts. */
    public void publish(Tenant tenant) {
        byId.put(tenant.id(), tenant);
    }

    private static String networks(Tenant tenant) {
        return String.join(" ", tenant.allowedNetworks().toStrings());
    }

    private static Tenant read(ResultSet row) throws SQLException {
        String networks = row.getString("allowed_networks");
        return new Tenant(
                row.getString("id"),
                row.getString("name"),
                AllowedNetworks.of(networks.isEmpty() ? List.of() : List.of(networks.split(" "))),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
