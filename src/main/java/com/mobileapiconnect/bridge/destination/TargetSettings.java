package com.mobileapiconnect.bridge.destination;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param rotationOverlap how long calls are signed with the secret before as well, after a rotation */
@ConfigurationProperties("bridge.target")
record TargetSettings(@DefaultValue("PT24H") Duration rotationOverlap) {}
