package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param waitFor        time that an SMS waits for its missing parts, from the first one; then what there is goes on
 * @param lookEvery      interval at which waiting SMS are looked at
 * @param mostOfADevice  parts of a device that may wait; beyond, a part goes on by itself
 */
@ConfigurationProperties("bridge.parts")
record PartSettings(
        @Bounds(least = "PT1S", most = "P1D") Duration waitFor,
        @Bounds(least = "PT0.1S", most = "PT1H") Duration lookEvery,
        @Bounds(least = "10", most = "100000") int mostOfADevice) {}
