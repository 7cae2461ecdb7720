package com.mobileapiconnect.bridge.stats;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param every the time after which what happened is counted */
@ConfigurationProperties("bridge.stats")
record StatSettings(@Bounds(least = "PT1S", most = "PT10M") Duration every) {}
