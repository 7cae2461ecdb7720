package com.mobileapiconnect.bridge.job;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param atOnce    tenants whose jobs may take a step at the same time
 * @param perTenant jobs of a tenant that go on side by side, in turn; further ones wait
 * @param open      unfinished jobs that a tenant may have; beyond, new ones are refused
 */
@ConfigurationProperties("bridge.job")
record JobSettings(int atOnce, int perTenant, int open) {}
