package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.setting.Bounds;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param requestsPerSecond requests that a tenant's keys and phones may make together; a second's worth may come at
 *                          once
 * @param limits            limits of a tenant for which the operator has set none of its own
 */
@ConfigurationProperties("bridge.tenant")
record TenantSettings(
        @Bounds(least = "1", most = "10000000") int requestsPerSecond, Limits limits) {

    /**
     * The number for each {@link Limit}.
     *
     * @param connections ERP connections
     * @param devices paired phones
     * @param keys API keys
     * @param rules rules
     * @param actions actions of all rules together
     * @param actionsPerMessage actions of all rules that may match the same message
     * @param outgoing SMS that wait for a phone or a gateway
     * @param requestsAtOnce requests at the same time with the tenant's API keys
     * @param testsAtOnce tests of targets at the same time
     * @param longRequestsAtOnce replays, dry runs, deletions and whole configurations at the same time
     */
    record Limits(
            @Bounds(least = "1", most = "1000000000") int connections,
            @Bounds(least = "1", most = "1000000000") int devices,
            @Bounds(least = "1", most = "1000000000") int keys,
            @Bounds(least = "1", most = "1000000000") int rules,
            @Bounds(least = "1", most = "1000000000") int actions,
            @Bounds(least = "1", most = "1000000000") int actionsPerMessage,
            @Bounds(least = "1", most = "1000000000") int outgoing,
            @Bounds(least = "1", most = "1000000000") int requestsAtOnce,
            @Bounds(least = "1", most = "1000000000") int testsAtOnce,
            @Bounds(least = "1", most = "1000000000") int longRequestsAtOnce) {}
}
