package com.mobileapiconnect.bridge.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All paired phones, held in memory: intake asks for one at every request. */
@Component
public class Devices {

    private static final String ALL = "select * from device";
    private static final String OF_TENANT =
            "select * from device where tenant_id = ? and id < ? order by id desc limit ?";
    private static final String INSERT = """
            insert into device (id, tenant_id, name, number, sims, adapter, signing_key, outbox, manage, transport,
                created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String UPDATE = """
            update device set name = ?, number = ?, sims = ?, adapter = ?, signing_key = ?, outbox = ?, manage = ?,
                transport = ?
            where id = ?""";
    private static final String DELETE = "delete from device where id = ?";
    private static final JsonMapper JSON = new JsonMapper();

    private final Store store;
    private final Vault vault;
    private final Map<String, Entry> byId = new ConcurrentHashMap<>();
    private final Map<String, NavigableMap<String, Device>> byTenant = new ConcurrentHashMap<>();

    /** @param signingKey the app's own signing secret */
    record Entry(Device device, @Nullable Redacted signingKey) {}

    Devices(Store store, Vault vault) {
        this.store = store;
        this.vault = vault;
        store.read(sql -> sql.sql(ALL).query((row, n) -> read(row)).list()).forEach(this::publish);
    }

    /** The phone behind an authenticated token; empty when it was deleted a moment ago. */
    public Optional<Device> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::device);
    }

    /** The tenant's phones, oldest first. */
    public Stream<Device> ofTenant(String tenantId) {
        NavigableMap<String, Device> devices = byTenant.get(tenantId);
        return devices == null ? Stream.empty() : devices.values().stream();
    }

    /** The secret the phone's app signs with, if it does. */
    public @Nullable Redacted signingKey(String id) {
        Entry entry = byId.get(id);
        return entry == null ? null : entry.signingKey();
    }

    Optional<Entry> ofTenant(String tenantId, String id) {
        return Optional.ofNullable(byId.get(id))
                .filter(e -> e.device().tenantId().equals(tenantId));
    }

    Page<Device> page(String tenantId, Page.Request request) {
        List<Device> devices = store.read(sql -> sql.sql(OF_TENANT)
                .params(tenantId, request.beforeId("dev_"), request.limit() + 1)
                .query((row, n) -> read(row).device())
                .list());
        return Page.of(devices, request, Device::id);
    }

    void insert(Transaction tx, Entry entry) {
        Device device = entry.device();
        tx.sql()
                .sql(INSERT)
                .params(
                        device.id(),
                        device.tenantId(),
                        device.name(),
                        device.number(),
                        simsJson(device),
                        device.adapter(),
                        seal(entry),
                        device.outbox() ? 1 : 0,
                        device.manage() ? 1 : 0,
                        TransportRows.seal(vault, device),
                        device.createdAt().toEpochMilli())
                .update();
    }

    void update(Transaction tx, Entry entry) {
        Device device = entry.device();
        tx.sql()
                .sql(UPDATE)
                .params(
                        device.name(),
                        device.number(),
                        simsJson(device),
                        device.adapter(),
                        seal(entry),
                        device.outbox() ? 1 : 0,
                        device.manage() ? 1 : 0,
                        TransportRows.seal(vault, device),
                        device.id())
                .update();
    }

    void delete(Transaction tx, String id) {
        tx.sql().sql(DELETE).param(id).update();
    }

    void publish(Entry entry) {
        Device device = entry.device();
        byId.put(device.id(), entry);
        byTenant.computeIfAbsent(device.tenantId(), tenant -> new ConcurrentSkipListMap<>())
                .put(device.id(), device);
    }

    void forget(String id) {
        Entry gone = byId.remove(id);
        if (gone != null) {
            byTenant.getOrDefault(gone.device().tenantId(), new ConcurrentSkipListMap<>())
                    .remove(id);
        }
    }

    private byte @Nullable [] seal(Entry entry) {
        Redacted key = entry.signingKey();
        return key == null
                ? null
                : vault.seal(key.reveal(), place(entry.device().id()));
    }

    static String place(String id) {
        return "device/" + id + "/signing-key";
    }

    private static String simsJson(Device device) {
        try {
            return JSON.writeValueAsString(device.sims());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of numbers is always JSON", e);
        }
    }

    private Entry read(ResultSet row) throws SQLException {
        String id = row.getString("id");
        byte[] box = row.getBytes("signing_key");
        Redacted signingKey = box == null ? null : new Redacted(vault.open(box, place(id)));
        try {
            Device device = new Device(
                    id,
                    row.getString("tenant_id"),
                    row.getString("name"),
                    row.getString("number"),
                    JSON.readValue(row.getString("sims"), new TypeReference<Map<Integer, String>>() {}),
                    row.getString("adapter"),
                    signingKey != null,
                    row.getInt("outbox") != 0,
                    row.getInt("manage") != 0,
                    TransportRows.open(vault, row.getBytes("transport"), id),
                    Instant.ofEpochMilli(row.getLong("created_at")));
            return new Entry(device, signingKey);
        } catch (JsonProcessingException e) {
            throw new SQLException("Device " + id + " has SIMs or a transport that are not JSON", e);
        }
    }
}
