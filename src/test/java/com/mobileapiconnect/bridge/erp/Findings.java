package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.time.Duration;

/** Asks a system as the test button of a connection does. */
public final class Findings {

    private Findings() {}

    /** @param system by the name that a file says behind {@code erp:} */
    public static ErpFindings of(
            RunningBridge bridge, String system, String tenantId, String connection, Duration within) {
        ErpConnection asked = bridge.bean(ErpWrites.class)
                .connection(bridge.bean(Targets.class)
                        .ofTenant(tenantId, connection)
                        .orElseThrow());
        return bridge.bean(ErpSystems.class).named(system).test(asked, System.nanoTime() + within.toNanos());
    }
}
