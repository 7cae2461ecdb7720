package com.mobileapiconnect.bridge.outgoing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

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
        @DefaultValue("5") int perNumberInTenMinutes,
        @DefaultValue("20") int perNumberInADay,
        @DefaultValue("6000") int perTenantInAMinute,
        @DefaultValue("PT2M") Duration lease,
        @DefaultValue("3") int mostLeases,
        @DefaultValue("PT24H") Duration expireAfter,
        @DefaultValue("PT72H") Duration refFor,
        @DefaultValue("PT5S") Duration sweepEvery,
        @DefaultValue("16") int pushes,
        @DefaultValue("0") int waitingPhones) {}
