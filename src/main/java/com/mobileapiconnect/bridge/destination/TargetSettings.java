package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param rotationOverlap time after a rotation during which calls are signed with the previous secret too
 * @param disableAfter time without a success after which a failing target is disabled
 */
@ConfigurationProperties("bridge.target")
public record TargetSettings(
        @Bounds(least = "PT1S", most = "P365D", orZero = true)
        Duration rotationOverlap,

        @Bounds(least = "PT1S", most = "P3650D") Duration disableAfter) {}
