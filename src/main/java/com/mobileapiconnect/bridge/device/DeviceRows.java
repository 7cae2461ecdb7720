package com.mobileapiconnect.bridge.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.api.Metadata;
import com.mobileapiconnect.bridge.gateway.AppSettings;
import com.mobileapiconnect.bridge.gateway.Gateways;
import com.mobileapiconnect.bridge.gateway.MappingJson;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Rows;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Devices as rows; their secrets leave and enter through the vault. */
final class DeviceRows implements Rows<String, DeviceEntry> {

    private static final String ALL = "select * from device";
    private static final String ONE = "select * from device where id = ?";
    private static final String PUT = """
            insert into device (id, tenant_id, name, number, sims, adapter, template, mapping, signing_key, outbox, manage,
                metadata, transport, zone, region, silent_after, version, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set
                name = excluded.name, number = excluded.number, sims = excluded.sims, adapter = excluded.adapter,
                template = excluded.template, mapping = excluded.mapping,
                signing_key = excluded.signing_key, outbox = excluded.outbox, manage = excluded.manage,
                metadata = excluded.metadata, transport = excluded.transport, zone = excluded.zone,
                region = excluded.region, silent_after = excluded.silent_after,
                version = excluded.version""";
    private static final String DELETE = "delete from device where id = ?";
    private static final JsonMapper JSON = new JsonMapper();

    private final Vault vault;
    private final Gateways gateways;

    DeviceRows(Vault vault, Gateways gateways) {
        this.vault = vault;
        this.gateways = gateways;
    }

    @Override
    public String key(DeviceEntry entry) {
        return entry.device().id();
    }

    @Override
    public List<DeviceEntry> all(JdbcClient sql) {
        return sql.sql(ALL).query((row, n) -> read(row)).list();
    }

    @Override
    public @Nullable DeviceEntry find(JdbcClient sql, String id, @Nullable DeviceEntry known) {
        return sql.sql(ONE).param(id).query((row, n) -> read(row)).optional().orElse(null);
    }

    @Override
    public DeviceEntry put(Transaction tx, @Nullable DeviceEntry before, DeviceEntry now) {
        Device device = now.device();
        DeviceEntry stored = new DeviceEntry(device, now.signingKey(), before == null ? 1 : before.version() + 1);
        tx.sql()
                .sql(PUT)
                .params(
                        device.id(),
                        device.tenantId(),
                        device.name(),
                        device.number(),
                        simsJson(device),
                        device.adapter(),
                        device.app().template() ? 1 : 0,
                        MappingJson.toStore(device.app().mapping()),
                        seal(now),
                        device.outbox() ? 1 : 0,
                        device.manage() ? 1 : 0,
                        Metadata.column(device.metadata()),
                        TransportBox.seal(vault, device),
                        device.zone() == null ? null : device.zone().getId(),
                        device.region(),
                        device.silentAfter() == null
                                ? null
                                : device.silentAfter().toMillis(),
                        stored.version(),
                        device.createdAt().toEpochMilli())
                .update();
        return stored;
    }

    @Override
    public void remove(Transaction tx, DeviceEntry before) {
        tx.sql().sql(DELETE).param(before.device().id()).update();
    }

    private byte @Nullable [] seal(DeviceEntry entry) {
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

    private static @Nullable ZoneId zone(@Nullable String id) {
        return id == null ? null : ZoneId.of(id);
    }

    private DeviceEntry read(ResultSet row) throws SQLException {
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
                    new AppSettings(
                            row.getInt("template") != 0,
                            MappingJson.stored(row.getString("mapping")),
                            gateways.asks(row.getString("adapter"))),
                    signingKey != null,
                    row.getInt("outbox") != 0,
                    row.getInt("manage") != 0,
                    Metadata.of(row.getString("metadata")),
                    TransportBox.open(vault, row.getBytes("transport"), id),
                    zone(row.getString("zone")),
                    row.getString("region"),
                    Columns.durationOrNull(row, "silent_after"),
                    Instant.ofEpochMilli(row.getLong("created_at")));
            return new DeviceEntry(device, signingKey, row.getLong("version"));
        } catch (JsonProcessingException e) {
            throw new SQLException("Device " + id + " has SIMs, a mapping or a transport that are not JSON", e);
        }
    }
}
