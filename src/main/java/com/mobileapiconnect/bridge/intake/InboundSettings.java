package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param longestText characters of a text that are taken; what is beyond is cut off, and the message says so
 * @param stepsWithin time of a request in the routes intake and accept once they are edited, with the wait and the commit;
 *     then the phone is answered 503, and keeps what it has
 * @param stepsAtOnce requests that go through edited routes at the same time, each on a thread; one tenant has a quarter
 */
@ConfigurationProperties("bridge.inbound")
record InboundSettings(
        @Bounds(least = "1000", most = "1000000") int longestText,
        @Bounds(least = "PT1S", most = "PT2M") Duration stepsWithin,
        @Bounds(least = "4", most = "10000") int stepsAtOnce) {}
