package com.mobileapiconnect.bridge.tenant;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param requestsPerSecond requests that a tenant's keys and phones may make together; a second's worth may come at
 *                          once
 * @param limits            limits of a tenant for which the operator has set none of its own
 */
@ConfigurationProperties("bridge.tenant")
record TenantSettings(int requestsPerSecond, Limits limits) {

    /** The number for each {@link Limit}; 1 or more. */
    record Limits(
            int connections,
            int devices,
            int keys,
            int rules,
            int actions,
            int actionsPerMessage,
            int outgoing,
            int requestsAtOnce,
            int testsAtOnce,
            int longRequestsAtOnce) {}
}
