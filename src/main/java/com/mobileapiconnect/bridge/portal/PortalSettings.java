package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param idle     time without a request after which somebody has to sign in again
 * @param sessions people who may be signed in at once, a tenth of them with the same key; beyond, the one who signed in
 *                 first is signed out
 * @param streams  windows that are kept up to date at once, a quarter of them of one tenant; one too many is as before,
 *                 and shows what is new when it is loaded again
 */
@ConfigurationProperties("bridge.portal")
record PortalSettings(
        @Bounds(least = "PT1M", most = "P7D") Duration idle,
        @Bounds(least = "10", most = "100000") int sessions,
        @Bounds(least = "4", most = "100000") int streams) {}
