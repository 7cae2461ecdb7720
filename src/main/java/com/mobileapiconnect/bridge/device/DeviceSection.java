package com.mobileapiconnect.bridge.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.PublicUrl;
import com.mobileapiconnect.bridge.config.Difference;
import com.mobileapiconnect.bridge.config.Difference.Entry;
import com.mobileapiconnect.bridge.config.Part;
import com.mobileapiconnect.bridge.config.Reading;
import com.mobileapiconnect.bridge.config.Section;
import com.mobileapiconnect.bridge.config.Standing;
import com.mobileapiconnect.bridge.gateway.MappingJson;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Credential;
import com.mobileapiconnect.bridge.tenant.Credentials;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The phones of a tenant in its configuration file. A file pairs and changes phones, and removes none: no file has tokens, so
 * what it removed it could not bring back.
 */
@Component
class DeviceSection implements Section {

    private final Devices devices;
    private final DeviceFields reader;
    private final Credentials credentials;
    private final Limits limits;
    private final PublicUrl publicUrl;
    private final Pairings pairings;

    DeviceSection(
            Devices devices,
            DeviceFields reader,
            Credentials credentials,
            Limits limits,
            PublicUrl publicUrl,
            Pairings pairings) {
        this.devices = devices;
        this.reader = reader;
        this.credentials = credentials;
        this.limits = limits;
        this.publicUrl = publicUrl;
        this.pairings = pairings;
    }

    @Override
    public Part part() {
        return Part.DEVICES;
    }

    private List<DeviceEntry> all(String tenantId) {
        return devices.oldestFirst(tenantId).toList();
    }

    @Override
    public Object export(String tenantId) {
        return all(tenantId).stream().map(this::inFile).toList();
    }

    private Map<String, @Nullable Object> inFile(DeviceEntry entry) {
        Device device = entry.device();
        Map<String, @Nullable Object> file = new LinkedHashMap<>();
        file.put("id", device.id());
        file.put("name", device.name());
        file.put("number", device.number());
        Map<String, String> sims = new TreeMap<>();
        device.sims().forEach((slot, number) -> sims.put(slot.toString(), number));
        file.put("sims", sims);
        file.put("adapter", device.adapter());
        file.put("template", device.app().template());
        file.put("mapping", MappingJson.shown(device.app().mapping()));
        if (device.signed()) {
            file.put("signingKey", true);
        }
        file.put("outbox", device.outbox());
        file.put("manage", device.manage());
        file.put("metadata", device.metadata());
        file.put("transport", reader.inFile(device.transport()));
        file.put("zone", device.zone() == null ? null : device.zone().getId());
        file.put("region", device.region());
        file.put(
                "silentAfter",
                device.silentAfter() == null ? null : device.silentAfter().toString());
        return file;
    }

    @Override
    public String tag(String tenantId, @Nullable Transaction tx) {
        return devices.versions(tx, tenantId).toString();
    }

    @Override
    public Plan plan(Reading reading, @Nullable JsonNode given) {
        List<DeviceEntry> all = all(reading.tenantId());
        if (given == null) {
            return Plan.none(all.size());
        }
        int most = Math.max(limits.of(reading.tenantId(), Limit.DEVICES), all.size());
        List<JsonNode> file = reading.list(part(), given, most);
        Standing<DeviceEntry> standing = new Standing<>(
                all, entry -> entry.device().id(), entry -> entry.device().name());
        Wanted wanted = new Wanted(reading.tenantId(), reading.now());
        for (int i = 0; i < file.size(); i++) {
            DeviceEntry old = standing.take(file.get(i));
            wanted.add(read(reading, file.get(i), i, old), old, place(i));
        }
        return wanted;
    }

    private String place(int i) {
        return part().wireName() + "[" + i + "]";
    }

    private DeviceEntry read(Reading reading, JsonNode json, int i, @Nullable DeviceEntry old) {
        String place = place(i);
        Instant age = reading.now().plusMillis(i);
        DeviceEntry base = old == null
                ? new DeviceEntry(Device.blank(Ids.timeOrdered("dev_", age), reading.tenantId(), age), null, 0)
                : old;
        DeviceEntry read = reader.whole(reading.fields(json, place), base);
        reading.is(place, read.device().id(), read.device().name());
        reading.deviceStands(json.path("id").asText(), read.device().id());
        return read;
    }

    /** A device that is paired by the file. */
    private record Paired(DeviceEntry device, Credential.Issued token) {}

    private final class Wanted implements Plan {

        private final String tenantId;
        private final Instant now;
        private final List<Paired> created = new ArrayList<>();
        private final List<DeviceEntry> changed = new ArrayList<>();
        private final Map<String, Supplier<Change>> changes = new HashMap<>();
        private int unchanged;

        private Wanted(String tenantId, Instant now) {
            this.tenantId = tenantId;
            this.now = now;
        }

        private void add(DeviceEntry wanted, @Nullable DeviceEntry old, String place) {
            Device device = wanted.device();
            if (old == null) {
                created.add(new Paired(wanted, Credential.forDevice(tenantId, device.id(), device.name(), now)));
            } else if (wanted.equals(old)) {
                unchanged++;
            } else {
                changed.add(wanted);
                changes.put(device.id(), () -> new Change(place, inFile(old), inFile(wanted)));
            }
        }

        @Override
        public Map<String, Change> changes() {
            Map<String, Change> made = new HashMap<>();
            changes.forEach((id, change) -> made.put(id, change.get()));
            return made;
        }

        @Override
        public Difference difference() {
            return new Difference(
                    created.stream().map(this::entry).toList(),
                    changed.stream()
                            .map(entry -> new Entry(
                                    entry.device().id(), entry.device().name()))
                            .toList(),
                    List.of(),
                    unchanged);
        }

        private Entry entry(Paired paired) {
            Device device = paired.device().device();
            String token = paired.token().key().reveal();
            return new Entry(
                    device.id(),
                    device.name(),
                    token,
                    new Difference.Pairing(publicUrl.of(device.inboundPath(token))),
                    null);
        }

        @Override
        public boolean stands(Transaction tx) {
            return changed.stream().allMatch(wanted -> {
                DeviceEntry row = devices.find(tx, wanted.device().id());
                return row != null && row.version() == wanted.version();
            });
        }

        @Override
        public @Nullable String write(Transaction tx, boolean discard) {
            int had = devices.count(tx, tenantId);
            limits.check(tenantId, Limit.DEVICES, "devices", had, had + created.size());
            created.forEach(paired -> {
                credentials.add(tx, paired.token().credential());
                devices.change(tx, paired.device().device().id(), none -> paired.device());
            });
            changed.forEach(wanted -> devices.change(tx, wanted.device().id(), row -> {
                pairings.endIfRaised(tx, row == null ? null : row.device(), wanted.device());
                return wanted;
            }));
            return null;
        }
    }
}
