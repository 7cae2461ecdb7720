package com.mobileapiconnect.bridge.tenant;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param requestsPerSecond requests that a tenant's keys and phones may make together; a second's worth may come at
 *                          once
 */
@ConfigurationProperties("bridge.tenant")
record TenantSettings(int requestsPerSecond) {}
