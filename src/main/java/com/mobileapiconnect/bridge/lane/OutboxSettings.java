package com.mobileapiconnect.bridge.lane;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param maxCalls   calls under way at once, over all targets
 * @param maxWorkers how many of them may be such as hold a thread: steps of a route, senders that wait; on Java 17 each
 *                   takes a platform thread
 * @param memory     what waiting deliveries may take; beyond it they wait in the store
 * @param sweepEvery how often every lane looks into the store although nobody called
 */
@ConfigurationProperties("bridge.outbox")
public record OutboxSettings(
        @DefaultValue("1000") int maxCalls,
        @DefaultValue("1000") int maxWorkers,
        @DefaultValue("24MB") DataSize memory,
        @DefaultValue("PT30S") Duration sweepEvery) {}
