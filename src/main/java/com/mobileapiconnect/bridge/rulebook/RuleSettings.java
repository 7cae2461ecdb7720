package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.setting.Bounds;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param budget steps that a tenant's rules may take for one message, and once more the conditions of its connections;
 *               a step is an instruction of an expression at a character, a few dozen nanoseconds at most
 */
@ConfigurationProperties("bridge.rules")
record RuleSettings(
        @Bounds(least = "100000", most = "100000000000") long budget) {}
