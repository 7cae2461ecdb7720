package com.mobileapiconnect.bridge.lane;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * @param maxCalls calls at the same time, over all targets
 * @param maxWorkers number of calls that may hold a thread (steps of a route, senders that wait); on Java 17 each
 *     takes a platform thread
 * @param memory memory for waiting deliveries; the others wait in the store
 * @param sweepEvery interval at which every lane looks into the store by itself
 */
@ConfigurationProperties("bridge.outbox")
public record OutboxSettings(int maxCalls, int maxWorkers, DataSize memory, Duration sweepEvery) {}
