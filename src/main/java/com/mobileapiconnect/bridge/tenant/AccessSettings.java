package com.mobileapiconnect.bridge.tenant;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param wrongKeysPerMinute wrong keys and signatures of one address that are looked at as usual; more are slowed down.
 *                           0 slows nobody down
 */
@ConfigurationProperties("bridge.access")
record AccessSettings(int wrongKeysPerMinute) {}
