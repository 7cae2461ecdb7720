package com.mobileapiconnect.bridge.outgoing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param perNumberInTenMinutes automatic replies of a tenant to one number within 10 minutes
 * @param perNumberInADay       likewise within 24 hours
 * @param perTenantInAMinute    automatic replies of a tenant to all numbers; a minute's worth may come at once
 * @param lease                 how long a phone that fetched an SMS has to report on it
 * @param mostLeases            how often one is handed out before it is failed
 * @param expireAfter           what was not sent by then is expired
 * @param refFor                how long after an SMS with a {@code ref} an answer carries it
 * @param sweepEvery            how often leases and expiries are looked at
 * @param pushes                SMS being pushed at once, over all devices
 * @param waitingPhones         phones whose request for something to send waits; beyond, whoever has waited longest is
 *                              answered early; 0: as many as fit into a quarter of the heap, at 100 KB each
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
