package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.delivery.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bridge's guarded HTTP client, as far as pushing an SMS needs it. */
public interface PushClient {

    /** @param body null: a GET, else a POST */
    record Request(
            URI url, Map<String, String> headers, @Nullable Body body) {}

    record Body(String contentType, byte[] bytes) {}

    /**
     * One call within the tenant's networks, over when the time is up. A 2xx is {@link Outcome.Delivered}, anything
     * else is what came instead; never throws.
     */
    Outcome call(String tenantId, Request request, Duration timeout);
}
