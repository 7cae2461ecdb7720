package com.mobileapiconnect.bridge.kamelet;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param dir           directory of connectors of integrators; empty: the directory {@code connectors} if there is one,
 *     otherwise none
 * @param lookEvery     interval at which saved files are looked for
 * @param mostInstances routes of connections that run at once, of connectors whose route differs for each connection;
 *     beyond, the one that was used longest ago ends
 * @param idleAfter     time without a delivery after which such a route ends; the next delivery starts it again
 */
@ConfigurationProperties("bridge.connectors")
record KameletSettings(
        String dir,
        @Bounds(least = "PT0.1S", most = "PT1H") Duration lookEvery,
        @Bounds(least = "1", most = "10000") int mostInstances,
        @Bounds(least = "PT1S", most = "PT24H") Duration idleAfter) {}
