package com.mobileapiconnect.bridge.server;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param stuckAfter time without a sign of life from a thread that all depend on, after which the process ends */
@ConfigurationProperties("bridge.watch")
record WatchSettings(@Bounds(least = "PT1S", most = "P1D") Duration stuckAfter) {}
