package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.tenant.Access;
import com.mobileapiconnect.bridge.tenant.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the phone that calls with the bridge's own JSON, and checks its signature. */
@Component
class Phones {

    private final Access access;
    private final Devices devices;
    private final Clock clock;

    Phones(Access access, Devices devices, Clock clock) {
        this.access = access;
        this.devices = devices;
        this.clock = clock;
    }

    Device caller(HttpServletRequest request) {
        Caller.OfDevice caller = access.caller(request, Caller.OfDevice.class);
        Device device = devices.find(caller.deviceId())
                .orElseThrow(() -> Problem.unauthorized("This device is no longer paired."));
        if (device.adapter() != null) {
            throw Problem.forbidden("This device's token is valid only at its adapter's URL: /v1/inbound/"
                    + device.adapter() + "/{token}");
        }
        return device;
    }

    /**
     * Returns the valid signature of a request; null if the phone need not sign. Throws a 401 {@link Problem} that says
     * what is wrong with it, or a 429 one to an address that brings many wrong ones.
     */
    @Nullable PhoneSignature signature(Device device, byte[] body, HttpServletRequest request) {
        Redacted key = devices.signingKey(device.id());
        if (key == null) {
            return null;
        }
        PhoneSignature signature = PhoneSignature.of(request::getHeader);
        String flaw = signature.flaw(key, body, clock.instant());
        if (flaw != null) {
            throw access.wrongSignature(request, flaw);
        }
        return signature;
    }
}
