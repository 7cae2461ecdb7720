package com.mobileapiconnect.bridge.phone;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.destination.ForwardUrl;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Tenants;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The calls of a phone's own page: what it is, and where its tenant's messages go. */
@RestController
@RequestMapping("/v1/phone")
class PhoneResource {

    private final Devices devices;
    private final Tenants tenants;
    private final ForwardUrl forwardUrl;

    PhoneResource(Devices devices, Tenants tenants, ForwardUrl forwardUrl) {
        this.devices = devices;
        this.tenants = tenants;
        this.forwardUrl = forwardUrl;
    }

    /**
     * A phone as it sees itself.
     *
     * @param signed  whether it has to sign what it hands over
     * @param fetches whether it may fetch SMS to send
     * @param manage  whether it may set the Forward URL
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Self(
            String deviceId, String name, @Nullable String number, boolean signed, boolean fetches, boolean manage) {}

    @GetMapping
    Self self(Caller.OfDevice caller) {
        Device device = devices.speaking(caller);
        return new Self(
                device.id(), device.name(), device.number(), device.signed(), device.fetches(), device.manage());
    }

    @GetMapping("/forward-url")
    ForwardUrl.View forwardUrl(Caller.OfDevice caller) {
        devices.managing(caller);
        return forwardUrl.get(caller.tenantId());
    }

    @PutMapping("/forward-url")
    ForwardUrl.View setForwardUrl(Caller.OfDevice caller, IfMatch ifMatch, JsonBody body) {
        devices.managing(caller);
        tenants.requireServed(caller.tenantId());
        return forwardUrl.set(caller, caller.tenantId(), ifMatch, Fields.of(body));
    }
}
