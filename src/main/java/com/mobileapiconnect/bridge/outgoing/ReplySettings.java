package com.mobileapiconnect.bridge.outgoing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param perNumberInTenMinutes automatic replies of a tenant to one number within 10 minutes
 * @param perNumberInADay likewise within 24 hours
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
        int perNumberInTenMinutes,
        int perNumberInADay,
        int perTenantInAMinute,
        Duration lease,
        int mostLeases,
        Duration expireAfter,
        Duration refFor,
        Duration sweepEvery,
        int pushes,
        int waitingPhones) {}
