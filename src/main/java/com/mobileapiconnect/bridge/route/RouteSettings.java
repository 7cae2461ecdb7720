package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param dir          directory of edited routes; empty: the directory {@code routes} if there is one, otherwise {@code
 *                     routes} in the data directory
 * @param components   Camel components whose endpoints an edited route may name
 * @param languages    languages that an edited route may use
 * @param beans        beans that an edited route may name
 * @param placeholders settings that an edited route may name in double braces; {@code *} at the end stands for any rest
 * @param startWithin  time for a route to start; one that takes longer is given up, and what ran goes on
 * @param drainWithin  time for what a route has begun when a newer version takes over; the rest is cut
 * @param lookEvery    interval at which saved files are looked for
 */
@ConfigurationProperties("bridge.routes")
record RouteSettings(
        String dir,
        List<String> components,
        List<String> languages,
        List<String> beans,
        List<String> placeholders,
        @Bounds(least = "PT0.1S", most = "PT2M") Duration startWithin,
        @Bounds(least = "PT0.1S", most = "PT10M") Duration drainWithin,
        @Bounds(least = "PT0.1S", most = "PT1H") Duration lookEvery) {}
