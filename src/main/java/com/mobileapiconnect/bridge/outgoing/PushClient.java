package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.gateway.Push;
import java.time.Duration;

/** The bridge's guarded HTTP client, as far as pushing an SMS needs it. */
public interface PushClient {

    /**
     * One call within the tenant's networks, over when the time is up. A 2xx is {@link Outcome.Delivered}, anything
     * else is what came instead; never throws.
     */
    Outcome call(String tenantId, Push.Call push, Duration timeout);
}
