package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** The outbox of a phone, which fetches SMS to send, sends them, and reports. */
@RestController
@RequestMapping("/v1/outbox")
class PhoneOutboxResource {

    private static final int LONGEST_WAIT = 60;
    private static final Map<String, Outgoing.Status> REPORTS = Map.of(
            "sent", Outgoing.Status.SENT,
            "delivered", Outgoing.Status.DELIVERED,
            "failed", Outgoing.Status.FAILED);

    private final WaitingPhones phones;
    private final OutgoingQueue queue;
    private final Devices devices;
    private final Tenants tenants;

    PhoneOutboxResource(WaitingPhones phones, OutgoingQueue queue, Devices devices, Tenants tenants) {
        this.tenants = tenants;
        this.phones = phones;
        this.queue = queue;
        this.devices = devices;
    }

    /**
     * Refused while the tenant is suspended. Reports are taken all the same: an SMS whose sending was not noted would be
     * sent again.
     *
     * @param wait seconds
     */
    @GetMapping
    DeferredResult<Batch> fetch(Caller.OfDevice caller, HttpMethod method, @RequestParam(defaultValue = "0") int wait)
            throws HttpRequestMethodNotSupportedException {
        if (HttpMethod.HEAD.equals(method)) { // nobody would see the SMS that it leased
            throw new HttpRequestMethodNotSupportedException(method.name(), List.of("GET"));
        }
        tenants.requireServed(caller.tenantId());
        Device device = fetching(caller);
        if (wait < 0 || wait > LONGEST_WAIT) {
            throw Problem.invalid("wait", "must be a number of seconds from 0 to " + LONGEST_WAIT);
        }
        return phones.poll(device.tenantId(), device.id(), Duration.ofSeconds(wait));
    }

    @PostMapping("/{id}")
    OutgoingView report(Caller.OfDevice caller, @PathVariable String id, JsonBody body) {
        Device device = fetching(caller);
        Fields fields = Fields.of(body).allow("status", "error");
        String word = fields.text("status", 20);
        Outgoing.Status status = word == null ? null : REPORTS.get(word);
        if (status == null) {
            fields.wrong("status", "must be sent, delivered or failed");
        }
        String error = fields.text("error", Reports.LONGEST_ERROR);
        fields.orThrow();
        if (status == null) {
            throw new IllegalStateException("A missing status is an error of its field");
        }
        return queue.report(device.tenantId(), device.id(), id, status, Reports.shortened(error))
                .map(OutgoingView::of)
                .orElseThrow(() -> Problem.notFound("message " + id + " of this phone"));
    }

    private Device fetching(Caller.OfDevice caller) {
        Device device = devices.find(caller.deviceId())
                .orElseThrow(() -> Problem.unauthorized("This device is no longer paired."));
        if (!device.fetches()) {
            throw Problem.forbidden(
                    device.adapter() == null
                            ? "This device's SMS are pushed to it (transport "
                                    + device.transport().type() + ")."
                            : "This device's token is valid only at its adapter's URL: /v1/inbound/" + device.adapter()
                                    + "/{token}; with \"outbox\":true it may fetch too.");
        }
        return device;
    }
}
