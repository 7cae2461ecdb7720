package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.core.JacksonException;
import com.mobileapiconnect.bridge.api.JsonFlaw;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.RawBody;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.tenant.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes what a phone captured. Answers 202 only when it is durable; whatever else happens, the phone keeps it. */
@RestController
class InboundResource {

    private static final Logger LOG = LoggerFactory.getLogger(InboundResource.class);
    private static final int MAX_BACKLOG_BYTES = 8 << 20;
    // Parsed, a backlog takes several times its size; so many at once fit into a small heap.
    private static final int LARGE_AT_ONCE = 3;

    private final PhoneComponent phone;
    private final Devices devices;
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE);

    InboundResource(PhoneComponent phone, Devices devices) {
        this.phone = phone;
        this.devices = devices;
    }

    record Receipt(List<Line> messages) {

        record Line(String id, @Nullable String phoneId, boolean duplicate) {}

        static Receipt of(List<Accepted> accepted) {
            return new Receipt(accepted.stream()
                    .map(a -> new Line(a.message().id(), a.message().phoneId(), a.duplicate()))
                    .toList());
        }
    }

    @PostMapping("/v1/inbound")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Receipt inbound(Caller.OfDevice caller, HttpServletRequest request) {
        Device device = devices.find(caller.deviceId()).orElseThrow(() -> Problem.unauthorized("It was unpaired."));
        if (device.adapter() != null) {
            throw Problem.forbidden(
                    "This token is for its adapter's URL alone: /v1/inbound/" + device.adapter() + "/{token}");
        }
        RawBody body = RawBody.begin(request, Capture.MAX_SINGLE_BYTES, MAX_BACKLOG_BYTES);
        if (body.isWhole()) {
            return take(device, body.bytes(), request);
        }
        if (!large.tryAcquire()) {
            throw Problem.unavailable("Several large backlogs are being taken just now.");
        }
        try {
            return take(device, body.rest(), request);
        } finally {
            large.release();
        }
    }

    private Receipt take(Device device, byte[] body, HttpServletRequest request) {
        Redacted key = devices.signingKey(device.id());
        if (key != null && !PhoneSignature.verify(key, body, request.getHeader(PhoneSignature.HEADER))) {
            throw Problem.unauthorized("X-Signature must be the lowercase hex HMAC-SHA256 of the body under the"
                    + " device's signing key.");
        }
        try {
            return Receipt.of(phone.submit(device, body));
        } catch (JacksonException e) {
            throw body.length > Capture.MAX_SINGLE_BYTES
                    ? Problem.tooLarge("The body is over 1 MiB and no backlog.")
                    : Problem.badRequest("The body is not JSON in UTF-8: " + JsonFlaw.of(e));
        } catch (PhoneComponent.RouteDownException e) {
            throw Problem.unavailable("The intake route is not running; keep the message and try again.");
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            LOG.error("The intake route failed", e);
            throw Problem.unavailable("The intake route failed; keep the message and try again.");
        }
    }
}
