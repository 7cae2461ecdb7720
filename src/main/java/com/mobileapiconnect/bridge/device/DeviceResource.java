package com.mobileapiconnect.bridge.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JobAnswer;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Versioned;
import com.mobileapiconnect.bridge.gateway.MappingJson;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Credential;
import com.mobileapiconnect.bridge.tenant.Credentials;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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
@OpenTo(Scope.DEVICES)
class DeviceResource {

    private final Devices devices;
    private final Credentials credentials;
    private final DeviceRemoval removal;
    private final DeviceFields reader;
    private final Numbering numbering;
    private final Limits limits;
    private final Audit audit;
    private final Pairings pairings;
    private final SignsOfLife signs;
    private final Clock clock;

    DeviceResource(
            Devices devices,
            Credentials credentials,
            DeviceRemoval removal,
            DeviceFields reader,
            Numbering numbering,
            Limits limits,
            Audit audit,
            Pairings pairings,
            SignsOfLife signs,
            Clock clock) {
        this.devices = devices;
        this.credentials = credentials;
        this.removal = removal;
        this.reader = reader;
        this.numbering = numbering;
        this.limits = limits;
        this.audit = audit;
        this.pairings = pairings;
        this.signs = signs;
        this.clock = clock;
    }

    /**
     * @param regionInUse the region by which its numbers are read: the one that was set, or that of its number or tenant
     * @param lastSeen    when it last called; null if it never did
     * @param silentSince since when it counts as silent; null if it does not
     * @param token       shown this once, when the device is made
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DeviceView(
            String id,
            String name,
            @Nullable String number,
            Map<Integer, String> sims,
            @Nullable String adapter,
            boolean template,
            @Nullable JsonNode mapping,
            boolean signed,
            boolean outbox,
            boolean manage,
            Map<String, String> metadata,
            Map<String, @Nullable Object> transport,
            @Nullable String zone,
            @Nullable String region,
            @Nullable String regionInUse,
            @Nullable Duration silentAfter,
            @Nullable Instant lastSeen,
            @Nullable Instant silentSince,
            Heartbeat.@Nullable View heartbeat,
            long version,
            Instant createdAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token,

            @JsonInclude(JsonInclude.Include.NON_NULL) NewLink.@Nullable Pairing pairing)
            implements Versioned {

        static DeviceView of(
                DeviceEntry entry,
                Map<String, @Nullable Object> transport,
                @Nullable String regionInUse,
                SignsOfLife.@Nullable Sign sign,
                @Nullable NewLink link) {
            Device device = entry.device();
            Heartbeat beat = sign == null ? null : sign.heartbeat();
            return new DeviceView(
                    device.id(),
                    device.name(),
                    device.number(),
                    device.sims(),
                    device.adapter(),
                    device.app().template(),
                    MappingJson.shown(device.app().mapping()),
                    device.signed(),
                    device.outbox(),
                    device.manage(),
                    device.metadata(),
                    transport,
                    device.zone() == null ? null : device.zone().getId(),
                    device.region(),
                    regionInUse,
                    device.silentAfter(),
                    sign == null ? null : sign.lastSeen(),
                    sign == null ? null : sign.silentSince(),
                    beat == null ? null : beat.view(),
                    entry.version(),
                    device.createdAt(),
                    link == null ? null : link.token().reveal(),
                    link == null ? null : link.pairing());
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    DeviceView pair(Caller.OfTenant caller, JsonBody body) {
        Instant now = clock.instant();
        Device blank = Device.blank(Ids.timeOrdered("dev_", now), caller.tenantId(), now);
        DeviceEntry wanted = reader.read(Fields.of(body), new DeviceEntry(blank, null, 0));
        Device device = wanted.device();
        checkManage(caller, blank, device);
        Credential.Issued issued = Credential.forDevice(caller.tenantId(), device.id(), device.name(), now);
        Pairings.Made made = pairings.make(device, issued.key(), now);
        DeviceEntry stored = audit.change(
                caller,
                caller.tenantId(),
                tx -> {
                    int had = devices.count(tx, caller.tenantId());
                    limits.check(caller.tenantId(), Limit.DEVICES, "name", had, had + 1);
                    credentials.add(tx, issued.credential());
                    pairings.put(tx, made.link());
                    return devices.change(tx, device.id(), none -> wanted);
                },
                entry -> new Audit.Entry("device.create", device.id(), device.name()));
        return view(stored, made.shown());
    }

    @GetMapping
    Page<DeviceView> list(Caller.OfTenant caller, Page.Request page) {
        return Page.of(devices.newestFirst(caller.tenantId()), page, "dev_", entry -> entry.device()
                        .id())
                .map(this::view);
    }

    @GetMapping("/{id}")
    DeviceView get(Caller.OfTenant caller, @PathVariable String id) {
        return view(find(caller, id));
    }

    @PatchMapping("/{id}")
    DeviceView change(Caller.OfTenant caller, @PathVariable String id, IfMatch ifMatch, JsonBody body) {
        // An early check, which saves the writer's time; the check within the unit decides.
        changed(caller, find(caller, id), ifMatch, body);
        return view(audit.change(
                caller,
                caller.tenantId(),
                tx -> devices.change(tx, id, now -> {
                    DeviceEntry old = existing(now, id);
                    DeviceEntry changed = changed(caller, old, ifMatch, body);
                    pairings.endIfRaised(tx, old.device(), changed.device());
                    return changed;
                }),
                entry -> new Audit.Entry("device.update", id, entry.device().name())));
    }

    private DeviceEntry changed(Caller.OfTenant caller, DeviceEntry old, IfMatch ifMatch, JsonBody body) {
        DeviceEntry changed = reader.read(Fields.of(body), old);
        ifMatch.check(old.version());
        checkManage(caller, old.device(), changed.device());
        return changed;
    }

    /** A phone that may set the Forward URL decides who gets every message: its maker has to be allowed that, too. */
    private static void checkManage(Caller.OfTenant caller, Device before, Device after) {
        if (after.manage() && !before.manage() && !caller.grant().everything()) {
            throw Problem.forbidden("A phone with manage can have every message sent elsewhere: setting it needs an API"
                    + " key with the scope everything.");
        }
    }

    @DeleteMapping("/{id}")
    ResponseEntity<JobAnswer> delete(
            Caller.OfTenant caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean discard,
            IfMatch ifMatch) {
        return JobAnswer.of(removal.remove(caller, find(caller, id), ifMatch, discard));
    }

    private DeviceView view(DeviceEntry entry) {
        return view(entry, null);
    }

    private DeviceView view(DeviceEntry entry, @Nullable NewLink link) {
        Device device = entry.device();
        return DeviceView.of(
                entry, reader.view(device.transport()), numbering.region(device, null), signs.of(device), link);
    }

    private DeviceEntry find(Caller.OfTenant caller, String id) {
        return existing(devices.ofTenant(caller.tenantId(), id).orElse(null), id);
    }

    private static DeviceEntry existing(@Nullable DeviceEntry entry, String id) {
        if (entry == null) {
            throw notFound(id);
        }
        return entry;
    }

    static Problem notFound(String id) {
        return Problem.notFound("device " + id);
    }
}
