package com.mobileapiconnect.bridge.store;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param readers      threads, each with a connection, that run queries; 1–64
 * @param largestGroup units of work that may share one commit
 * @param longestQueue units that may wait for the writer before the store reports that it is behind
 */
@ConfigurationProperties("bridge.store")
public record StoreSettings(int readers, int largestGroup, int longestQueue) {}
