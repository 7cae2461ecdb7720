package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param silentAfter time without a call after which a phone counts as silent that has no setting of its own
 * @param watchEvery  interval at which it is looked for phones that have become silent or are back
 */
@ConfigurationProperties("bridge.device")
public record DeviceSettings(
        @Bounds(least = "PT1M", most = "P365D") Duration silentAfter,
        @Bounds(least = "PT1S", most = "PT1H") Duration watchEvery) {}
