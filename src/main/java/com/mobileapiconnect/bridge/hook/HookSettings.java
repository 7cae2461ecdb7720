package com.mobileapiconnect.bridge.hook;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param within time of a request in its route, with the wait; then the caller is answered 503
 * @param atOnce requests that go through routes at the same time, each on a thread; one hook has a quarter
 */
@ConfigurationProperties("bridge.hook")
record HookSettings(
        @Bounds(least = "PT1S", most = "PT2M") Duration within,
        @Bounds(least = "4", most = "200") int atOnce) {}
