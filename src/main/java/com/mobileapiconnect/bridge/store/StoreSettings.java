package com.mobileapiconnect.bridge.store;

import com.mobileapiconnect.bridge.setting.Bounds;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param readers      threads, each with a connection, that run the queries of lanes and phones; as many again, two at least,
 *                     run those of lists, tenants in turn
 * @param largestGroup units of work that may share one commit
 * @param longestQueue units that may wait for the writer before the store reports that it is behind
 */
@ConfigurationProperties("bridge.store")
public record StoreSettings(
        @Bounds(least = "1", most = "64") int readers,
        @Bounds(least = "1", most = "10000") int largestGroup,
        @Bounds(least = "1", most = "10000000") int longestQueue) {}
