package com.mobileapiconnect.bridge.job;

import com.mobileapiconnect.bridge.setting.Bounds;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param atOnce    tenants whose jobs may take a step at the same time
 * @param perTenant jobs of a tenant that go on side by side, in turn; further ones wait
 * @param open      unfinished jobs that a tenant may have; beyond, new ones are refused
 */
@ConfigurationProperties("bridge.job")
record JobSettings(
        @Bounds(least = "1", most = "100") int atOnce,
        @Bounds(least = "1", most = "100") int perTenant,
        @Bounds(least = "1", most = "100000") int open) {}
