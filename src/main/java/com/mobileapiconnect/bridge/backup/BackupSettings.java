package com.mobileapiconnect.bridge.backup;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of backups of the embedded database.
 *
 * @param dir directory of backups; empty for {@code backups} in the data directory
 * @param every time between two backups, and from the start to the first; zero for none but those that the operator
 *     requests
 * @param keep number of complete backups to keep; older ones are deleted
 */
@ConfigurationProperties("bridge.backup")
record BackupSettings(
        String dir,

        @Bounds(least = "PT0.1S", most = "P365D", orZero = true)
        Duration every,

        @Bounds(least = "1", most = "100000") int keep) {}
