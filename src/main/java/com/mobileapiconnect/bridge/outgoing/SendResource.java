package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints to send SMS to customers, and to see the fate of these and of automatic replies. */
@RestController
class SendResource {

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{3,15}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final int MAX_TEXT = 1600;
    private static final int MAX_REF = 256;

    private final OutgoingQueue queue;
    private final Devices devices;
    private final Store store;
    private final Clock clock;

    SendResource(OutgoingQueue queue, Devices devices, Store store, Clock clock) {
        this.queue = queue;
        this.devices = devices;
        this.store = store;
        this.clock = clock;
    }

    @PostMapping("/v1/messages")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, String> send(
            Caller.OfTenant caller,
            @RequestHeader(name = OutgoingDraft.IDEMPOTENCY_KEY, required = false) @Nullable String key,
            JsonBody body) {
        Fields fields = Fields.of(body).allow("to", "text", "ref", "deviceId", "sim");
        String to = to(fields);
        String text = text(fields);
        String ref = fields.text("ref", MAX_REF);
        String deviceId = fields.text("deviceId", 64);
        Integer sim = fields.optionalInteger("sim", 0, 9);
        if (key != null && !KEY.matcher(key).matches()) {
            fields.wrong(OutgoingDraft.IDEMPOTENCY_KEY, "must be 1 to 255 printable ASCII characters without spaces");
        }
        Device device = device(caller, fields, deviceId);
        fields.orThrow();
        if (device == null) {
            throw new IllegalStateException("A missing device is an error of its field");
        }
        OutgoingDraft.Origin.Tenant origin =
                new OutgoingDraft.Origin.Tenant(key, OutgoingDraft.hash(to, text, ref, deviceId, sim));
        String id = Ids.timeOrdered(Outgoing.PREFIX, clock.instant());
        OutgoingDraft draft = new OutgoingDraft(
                id,
                caller.tenantId(),
                device.id(),
                origin,
                to,
                WellFormed.of(text),
                ref == null ? null : WellFormed.of(ref),
                sim);
        return Map.of("id", queue.send(draft, origin));
    }

    private static String to(Fields fields) {
        String to = fields.text("to", 64);
        if (to == null || !NUMBER.matcher(to).matches()) {
            if (to != null || fields.raw("to") == null) {
                fields.wrong("to", "must be a number of 3 to 15 digits, such as \"919876543210\"");
            }
            return "";
        }
        return to;
    }

    private static String text(Fields fields) {
        String text = fields.text("text", MAX_TEXT);
        if (text == null || text.isEmpty()) {
            if (text != null || fields.raw("text") == null) {
                fields.wrong("text", "must be 1 to " + MAX_TEXT + " characters");
            }
            return "";
        }
        return text;
    }

    private @Nullable Device device(Caller.OfTenant caller, Fields fields, @Nullable String deviceId) {
        if (deviceId == null) {
            Optional<Device> first =
                    devices.ofTenant(caller.tenantId()).filter(Device::sends).findFirst();
            if (first.isEmpty() && fields.raw("deviceId") == null) {
                fields.wrong("deviceId", "cannot be chosen: no paired phone sends SMS; pair one first");
            }
            return first.orElse(null);
        }
        Device device = devices.ofTenant(caller.tenantId())
                .filter(each -> each.id().equals(deviceId))
                .findFirst()
                .orElse(null);
        if (device == null) {
            fields.wrong("deviceId", "is not a paired phone of this tenant");
        } else if (!device.sends()) {
            fields.wrong("deviceId", "is a device that sends no SMS: set \"outbox\":true or a transport first");
        }
        return device;
    }

    /**
     * @param to     compared by its digits
     * @param status one of those that an outgoing SMS can have
     */
    @GetMapping("/v1/outgoing")
    Page<OutgoingView> list(
            Caller.OfTenant caller,
            Page.Request page,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String status) {
        StringBuilder query = new StringBuilder(
                "select " + Outgoing.COLUMNS + " from outgoing where tenant_id = :tenant and id < :before");
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("tenant", caller.tenantId());
        params.put("before", page.beforeId(Outgoing.PREFIX));
        params.put("limit", page.limit() + 1);
        if (to != null) {
            query.append(" and recipient_key = :to");
            params.put("to", PhoneNumber.key(to));
        }
        if (status != null) {
            query.append(" and status = :status");
            params.put("status", status(status).code());
        }
        query.append(" order by id desc limit :limit");
        List<Outgoing> rows = store.read(sql -> sql.sql(query.toString())
                .params(params)
                .query((row, n) -> Outgoing.read(row))
                .list());
        return Page.of(rows, page, Outgoing::id).map(OutgoingView::of);
    }

    private static Outgoing.Status status(String name) {
        return WireName.find(Outgoing.Status.class, name)
                .orElseThrow(() -> Problem.invalid(
                        "status", "must be one of " + WireName.list(List.of(Outgoing.Status.values()))));
    }

    @GetMapping("/v1/outgoing/{id}")
    OutgoingView get(Caller.OfTenant caller, @PathVariable String id) {
        return store.read(sql -> OutgoingRows.ofTenant(sql, caller.tenantId(), id))
                .map(OutgoingView::of)
                .orElseThrow(() -> Problem.notFound("outgoing message " + id));
    }
}
