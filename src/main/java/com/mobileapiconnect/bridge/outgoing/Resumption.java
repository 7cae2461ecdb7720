package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.tenant.Tenants;
import org.springframework.stereotype.Component;

/** Announces the devices of a resumed tenant: their SMS have waited. */
@Component
class Resumption {

    Resumption(Tenants tenants, Devices devices, OutgoingQueue queue) {
        tenants.watch((before, now) -> {
            if (before != null && now != null && !before.active() && now.active()) {
                devices.ofTenant(now.id()).forEach(device -> queue.announce(device.id()));
            }
        });
    }
}
