package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param perNumberInTenMinutes automatic replies of a tenant to one number within 10 minutes
 * @param perNumberInADay automatic replies of a tenant to one number within 24 hours
 * @param perTenantInAMinute automatic replies of a tenant to all numbers; a minute's worth may come at once
 * @param lease time in which a phone reports on an SMS that it fetched
 * @param mostLeases number of leases after which an SMS is failed
 * @param expireAfter age at which an unsent SMS expires
 * @param refFor time after an SMS with a {@code ref} during which answers carry it
 * @param sweepEvery interval at which leases and expiries are checked
 * @param pushes SMS being pushed at once, over all devices; a tenant's devices take a quarter of them at most
 * @param waitingPhones waiting requests of phones; beyond this number the oldest are answered early; 0 means as
 *     many as fit into a quarter of the heap, at 100 KB each
 */
@ConfigurationProperties("bridge.reply")
record ReplySettings(
        @Bounds(least = "0", most = "1000000") int perNumberInTenMinutes,
        @Bounds(least = "0", most = "1000000") int perNumberInADay,
        @Bounds(least = "0", most = "10000000") int perTenantInAMinute,
        @Bounds(least = "PT0.1S", most = "P1D") Duration lease,
        @Bounds(least = "1", most = "100") int mostLeases,
        @Bounds(least = "PT1M", most = "P365D") Duration expireAfter,

        @Bounds(least = "PT1M", most = "P365D", orZero = true)
        Duration refFor,

        @Bounds(least = "PT0.1S", most = "PT1H") Duration sweepEvery,
        @Bounds(least = "1", most = "10000") int pushes,
        @Bounds(least = "0", most = "10000000") int waitingPhones) {}
