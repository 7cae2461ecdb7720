package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.destination.TargetFields;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.outgoing.OutgoingDraft.Origin;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoint to send SMS to customers. */
@RestController
class SendResource {

    private static final int LONGEST_KEY = 255;
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1," + LONGEST_KEY + "}");

    private final Sending sending;
    private final Devices devices;
    private final TargetFields targetFields;
    private final Numbering numbering;
    private final Clock clock;

    SendResource(Sending sending, Devices devices, TargetFields targetFields, Numbering numbering, Clock clock) {
        this.targetFields = targetFields;
        this.sending = sending;
        this.devices = devices;
        this.numbering = numbering;
        this.clock = clock;
    }

    /** Answers {@code {"id"}} for one number, and what became of each for a list. */
    @OpenTo(Scope.SEND)
    @PostMapping("/v1/messages")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> send(
            Caller.OfTenant caller,
            @RequestHeader(name = OutgoingDraft.IDEMPOTENCY_KEY, required = false) @Nullable String key,
            JsonBody body) {
        Fields fields = Fields.of(body);
        Instant now = clock.instant();
        String statusUrl = targetFields.url(fields, "statusUrl", caller.tenantId(), false);
        SmsRequest request = SmsRequest.read(fields, statusUrl, now);
        if (key != null && !KEY.matcher(key).matches()) {
            fields.wrong(
                    OutgoingDraft.IDEMPOTENCY_KEY,
                    "must be 1 to " + LONGEST_KEY + " printable ASCII characters without spaces");
        }
        Device device = device(caller, fields, request.deviceId());
        fields.orThrow();
        if (device == null) {
            throw new IllegalStateException("A missing device is an error of its field");
        }
        Origin.Tenant origin = request.origin(key);
        String region = numbering.region(device, request.sim());
        List<@Nullable OutgoingDraft> drafts = request.drafts(device, region, origin, now);
        OutgoingDraft first = drafts.get(0);
        return request.many() || first == null
                ? Map.of("messages", many(request, drafts, origin))
                : Map.of("id", sending.one(first, origin));
    }

    private List<Sent> many(SmsRequest request, List<@Nullable OutgoingDraft> drafts, Origin.Tenant origin) {
        List<OutgoingDraft> valid = drafts.stream().filter(Objects::nonNull).toList();
        Iterator<Sent> sent = sending.many(valid, origin).iterator();
        List<Sent> each = new ArrayList<>(drafts.size());
        for (int n = 0; n < drafts.size(); n++) {
            each.add(
                    drafts.get(n) != null
                            ? sent.next()
                            : Sent.refused(
                                    request.numbers().get(n),
                                    Sent.NOT_A_NUMBER,
                                    "must be a number of 3 to 15 digits, such as \"919876543210\""));
        }
        return each;
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
}
