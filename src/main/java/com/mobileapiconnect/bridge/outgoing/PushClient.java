package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.gateway.Push;
import java.time.Duration;

/** The part of the bridge's guarded HTTP client that pushes SMS. */
public interface PushClient {

    /**
     * Makes a single call within the tenant's networks and the timeout. A 2xx is {@link Outcome.Delivered}, though its body
     * breaks off; a failure before there was a connection is none of those after which the gateway may have the SMS. Never
     * throws.
     */
    Outcome call(String tenantId, Push.Call push, Duration timeout);
}
