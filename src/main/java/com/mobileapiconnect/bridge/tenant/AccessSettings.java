package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.setting.Bounds;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param wrongKeysPerMinute wrong keys and signatures of one address that are looked at as usual; more are slowed down.
 *                           0 slows nobody down
 */
@ConfigurationProperties("bridge.access")
record AccessSettings(@Bounds(least = "0", most = "1000000") int wrongKeysPerMinute) {}
