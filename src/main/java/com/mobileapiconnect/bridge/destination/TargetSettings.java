package com.mobileapiconnect.bridge.destination;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param rotationOverlap how long calls are signed with the secret before as well, after a rotation
 * @param disableAfter    a target that has failed this long without a success is disabled
 */
@ConfigurationProperties("bridge.target")
public record TargetSettings(Duration rotationOverlap, Duration disableAfter) {}
