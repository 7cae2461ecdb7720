package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.gateway.Gateways;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All paired phones, held in memory: intake asks for one at every request. */
@Component
public class Devices {

    private final Tenants tenants;
    private final Register<String, DeviceEntry> register;
    private final Map<String, NavigableMap<String, DeviceEntry>> byTenant = new ConcurrentHashMap<>();

    Devices(Store store, Vault vault, Tenants tenants, Gateways gateways) {
        this.tenants = tenants;
        this.register = new Register<>(store, new DeviceRows(vault, gateways));
        register.all().forEach(entry -> group(null, entry));
        register.watch(this::group);
    }

    private void group(@Nullable DeviceEntry before, @Nullable DeviceEntry now) {
        if (now != null) {
            Device device = now.device();
            byTenant.computeIfAbsent(device.tenantId(), tenant -> new ConcurrentSkipListMap<>())
                    .put(device.id(), now);
        } else if (before != null) {
            Device device = before.device();
            byTenant.getOrDefault(device.tenantId(), new ConcurrentSkipListMap<>())
                    .remove(device.id());
        }
    }

    /** Tells the watcher the tenant of every device that changes, on the writer's thread. */
    void watch(Consumer<String> watcher) {
        register.watch((before, now) -> {
            DeviceEntry changed = now != null ? now : before;
            if (changed != null) {
                watcher.accept(changed.device().tenantId());
            }
        });
    }

    /** Tells the watcher of every change of a device, on the writer's thread. */
    void watchEach(Register.Watcher<DeviceEntry> watcher) {
        register.watch(watcher);
    }

    /** All phones of all tenants, in no order. */
    public Stream<Device> all() {
        return register.all().stream().map(DeviceEntry::device);
    }

    /**
     * The phone of a caller whose token is good for more than its adapter's URL; throws a 401 or 403 {@link Problem}.
     */
    public Device speaking(Caller.OfDevice caller) {
        Device device = paired(caller);
        if (device.adapter() != null && !device.outbox()) {
            throw Problem.forbidden("This device's token is valid only at its adapter's URL: /v1/inbound/"
                    + device.adapter() + "/{token}");
        }
        return device;
    }

    /**
     * The phone of a caller that may set the Forward URL; throws a 401 or 403 {@link Problem}. An app's token stands in
     * its URL, where servers on the way log it.
     */
    public Device managing(Caller.OfDevice caller) {
        Device device = speaking(caller);
        if (!device.manage()) {
            throw Problem.forbidden(
                    "This phone may not set the Forward URL. Somebody with an API key can allow it: PATCH /v1/devices/"
                            + device.id() + " {\"manage\":true}");
        }
        return device;
    }

    private Device paired(Caller.OfDevice caller) {
        return find(caller.deviceId()).orElseThrow(() -> Problem.unauthorized("This device is no longer paired."));
    }

    /** The phone of an authenticated token; empty if it was deleted a moment ago. */
    public Optional<Device> find(String id) {
        return Optional.ofNullable(register.find(id)).map(DeviceEntry::device);
    }

    /** The phone, if SMS may go out by it: its tenant is neither suspended nor being deleted. */
    public Optional<Device> served(String id) {
        return find(id).filter(device -> tenants.active(device.tenantId()));
    }

    /** The tenant's phones, oldest first. */
    public Stream<Device> ofTenant(String tenantId) {
        NavigableMap<String, DeviceEntry> devices = byTenant.get(tenantId);
        return devices == null ? Stream.empty() : devices.values().stream().map(DeviceEntry::device);
    }

    /** The secret that the phone's app signs with, if any. */
    public @Nullable Redacted signingKey(String id) {
        DeviceEntry entry = register.find(id);
        return entry == null ? null : entry.signingKey();
    }

    Optional<DeviceEntry> ofTenant(String tenantId, String id) {
        return Optional.ofNullable(register.find(id))
                .filter(entry -> entry.device().tenantId().equals(tenantId));
    }

    Stream<DeviceEntry> newestFirst(String tenantId) {
        NavigableMap<String, DeviceEntry> devices = byTenant.get(tenantId);
        return devices == null ? Stream.empty() : devices.descendingMap().values().stream();
    }

    Stream<DeviceEntry> oldestFirst(String tenantId) {
        NavigableMap<String, DeviceEntry> devices = byTenant.get(tenantId);
        return devices == null ? Stream.empty() : devices.values().stream();
    }

    /** Returns the number of the tenant's phones as this unit sees them. */
    int count(Transaction tx, String tenantId) {
        NavigableMap<String, DeviceEntry> published = byTenant.getOrDefault(tenantId, new ConcurrentSkipListMap<>());
        int count = published.size();
        for (Map.Entry<String, Optional<DeviceEntry>> change :
                register.changes(tx).entrySet()) {
            boolean is = change.getValue()
                    .filter(entry -> entry.device().tenantId().equals(tenantId))
                    .isPresent();
            count += (is ? 1 : 0) - (published.containsKey(change.getKey()) ? 1 : 0);
        }
        return count;
    }

    /** Returns the versions of the tenant's phones by their ids, as this unit sees them; null: as published. */
    Map<String, Long> versions(@Nullable Transaction tx, String tenantId) {
        Map<String, Long> versions = new TreeMap<>();
        newestFirst(tenantId).forEach(entry -> versions.put(entry.device().id(), entry.version()));
        if (tx != null) {
            register.changes(tx).forEach((id, change) -> {
                versions.remove(id);
                change.filter(entry -> entry.device().tenantId().equals(tenantId))
                        .ifPresent(entry -> versions.put(id, entry.version()));
            });
        }
        return versions;
    }

    /** Returns whether the phone is there as this unit sees it: it may have been deleted a moment ago. */
    public boolean has(Transaction tx, String id) {
        return register.find(tx, id) != null;
    }

    @Nullable DeviceEntry find(Transaction tx, String id) {
        return register.find(tx, id);
    }

    DeviceEntry change(Transaction tx, String id, Register.Change<DeviceEntry> change) {
        return register.change(tx, id, change);
    }

    @Nullable DeviceEntry remove(Transaction tx, String id) {
        return register.remove(tx, id);
    }
}
