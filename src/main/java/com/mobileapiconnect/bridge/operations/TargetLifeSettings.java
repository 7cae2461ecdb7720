package com.mobileapiconnect.bridge.operations;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param disableAfter a target that has failed this long without a success is disabled */
@ConfigurationProperties("bridge.target")
record TargetLifeSettings(@DefaultValue("P5D") Duration disableAfter) {}
