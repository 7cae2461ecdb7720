package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * @param maxCalls calls at the same time, over all targets
 * @param maxWorkers number of calls that may hold a thread (steps of a route, senders that wait); for steps, and
 *     on Java 17 always, each takes a platform thread
 * @param stepsWithin time that the steps of a route have for one attempt, all together and without the call
 * @param memory memory for waiting deliveries; the others wait in the store
 * @param sweepEvery interval at which every lane looks into the store by itself
 */
@ConfigurationProperties("bridge.outbox")
public record OutboxSettings(
        @Bounds(least = "1", most = "100000") int maxCalls,
        @Bounds(least = "1", most = "100000") int maxWorkers,
        @Bounds(least = "PT1S", most = "PT10M") Duration stepsWithin,
        @Bounds(least = "1MB", most = "1024GB") DataSize memory,
        @Bounds(least = "PT0.1S", most = "PT1H") Duration sweepEvery) {}
