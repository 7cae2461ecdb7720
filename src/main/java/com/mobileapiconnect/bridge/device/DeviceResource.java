package com.mobileapiconnect.bridge.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.PublicUrl;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Credential;
import com.mobileapiconnect.bridge.tenant.Credentials;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Pairing phones. */
@RestController
@RequestMapping("/v1/devices")
class DeviceResource {

    private final Devices devices;
    private final Credentials credentials;
    private final List<Unfinished> unfinished;
    private final DeviceFields reader;
    private final Audit audit;
    private final PublicUrl publicUrl;
    private final Store store;
    private final Clock clock;

    DeviceResource(
            Devices devices,
            Credentials credentials,
            List<Unfinished> unfinished,
            DeviceFields reader,
            Audit audit,
            PublicUrl publicUrl,
            Store store,
            Clock clock) {
        this.devices = devices;
        this.credentials = credentials;
        this.unfinished = unfinished;
        this.reader = reader;
        this.audit = audit;
        this.publicUrl = publicUrl;
        this.store = store;
        this.clock = clock;
    }

    /** @param token shown this once, when the device is made */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DeviceView(
            String id,
            String name,
            @Nullable String number,
            Map<Integer, String> sims,
            @Nullable String adapter,
            boolean signed,
            boolean outbox,
            boolean manage,
            Map<String, @Nullable Object> transport,
            Instant createdAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Pairing pairing) {

        record Pairing(String url) {}

        static DeviceView of(
                Device device,
                Map<String, @Nullable Object> transport,
                @Nullable String token,
                @Nullable Pairing pairing) {
            return new DeviceView(
                    device.id(),
                    device.name(),
                    device.number(),
                    device.sims(),
                    device.adapter(),
                    device.signed(),
                    device.outbox(),
                    device.manage(),
                    transport,
                    device.createdAt(),
                    token,
                    pairing);
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    DeviceView pair(Caller.OfTenant caller, JsonBody body) {
        Instant now = clock.instant();
        Device blank = new Device(
                Ids.timeOrdered("dev_", now),
                caller.tenantId(),
                "",
                null,
                Map.of(),
                null,
                false,
                false,
                false,
                Transport.POLL,
                now);
        Devices.Entry entry = reader.read(Fields.of(body), new Devices.Entry(blank, null));
        Device device = entry.device();
        Credential.Issued issued = Credential.forDevice(caller.tenantId(), device.id(), device.name(), now);
        audit.change(caller, caller.tenantId(), new Audit.Entry("device.create", device.id(), device.name()), tx -> {
            devices.insert(tx, entry);
            credentials.insert(tx, issued.credential());
        });
        devices.publish(entry);
        credentials.publish(issued.credential());
        String token = issued.key().reveal();
        String path = device.adapter() == null ? "/v1/inbound" : "/v1/inbound/" + device.adapter() + "/" + token;
        return view(device, token, new DeviceView.Pairing(publicUrl.of(path)));
    }

    @GetMapping
    Page<DeviceView> list(Caller.OfTenant caller, Page.Request page) {
        return devices.page(caller.tenantId(), page).map(this::view);
    }

    @GetMapping("/{id}")
    DeviceView get(Caller.OfTenant caller, @PathVariable String id) {
        return view(find(caller, id).device());
    }

    @PatchMapping("/{id}")
    DeviceView change(Caller.OfTenant caller, @PathVariable String id, JsonBody body) {
        Devices.Entry changed = reader.read(Fields.of(body), find(caller, id));
        audit.change(
                caller,
                caller.tenantId(),
                new Audit.Entry("device.update", id, changed.device().name()),
                tx -> devices.update(tx, changed));
        devices.publish(changed);
        return view(changed.device());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Caller.OfTenant caller, @PathVariable String id, @RequestParam(defaultValue = "false") boolean discard) {
        Device device = find(caller, id).device();
        if (!discard && store.read(sql -> unfinished.stream().anyMatch(each -> each.ofDevice(sql, id)))) {
            throw Problem.conflict("Messages of this device are still being delivered or sent. Wait, or give"
                    + " ?discard=true: what is unfinished becomes failed then, reason deleted.");
        }
        audit.change(caller, caller.tenantId(), new Audit.Entry("device.delete", id, device.name()), tx -> {
            if (discard) {
                unfinished.forEach(each -> each.discardOfDevice(tx, id));
            }
            devices.delete(tx, id);
            credentials.deleteOfDevice(tx, id);
        });
        devices.forget(id);
        credentials.forgetDevice(id);
        unfinished.forEach(each -> each.awaitDiscarded(id));
    }

    private DeviceView view(Device device) {
        return view(device, null, null);
    }

    private DeviceView view(Device device, @Nullable String token, DeviceView.@Nullable Pairing pairing) {
        return DeviceView.of(device, reader.view(device.transport()), token, pairing);
    }

    private Devices.Entry find(Caller.OfTenant caller, String id) {
        return devices.ofTenant(caller.tenantId(), id).orElseThrow(() -> Problem.notFound("device " + id));
    }
}
