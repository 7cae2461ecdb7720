package com.mobileapiconnect.bridge.backup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of backups of the embedded database.
 *
 * @param dir directory of backups; empty for {@code backups} in the data directory
 * @param every time between two backups, and from the start to the first; zero for none but those that the operator
 *     requests
 * @param keep number of complete backups to keep, 1 or more; older ones are deleted
 */
@ConfigurationProperties("bridge.backup")
record BackupSettings(String dir, Duration every, int keep) {

    BackupSettings {
        if (every.isNegative()) {
            throw new IllegalArgumentException("BRIDGE_BACKUP_EVERY must be zero or longer, like PT24H, not " + every);
        }
        if (keep < 1) {
            throw new IllegalArgumentException("BRIDGE_BACKUP_KEEP must be 1 or more, not " + keep);
        }
    }
}
