package com.mobileapiconnect.bridge.tenant;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param requestsPerSecond what one tenant, its keys and phones together, may ask; a second's worth may come at once */
@ConfigurationProperties("bridge.tenant")
record TenantSettings(@DefaultValue("20000") int requestsPerSecond) {}
