package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the archive of classes that the command line names.
 *
 * @param after time from the start until the archive of classes that the command line names is made, if it is missing or old
 * @param nice  priority of the process that makes it, as of the command nice; 19 takes only what others leave
 */
@ConfigurationProperties("bridge.class-archive")
record ClassArchiveSettings(
        @Bounds(least = "PT1S", most = "P1D") Duration after,
        @Bounds(least = "0", most = "19") int nice) {}
