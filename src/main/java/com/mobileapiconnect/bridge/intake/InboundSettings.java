package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.setting.Bounds;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param longestText characters of a text that are taken; what is beyond is cut off, and the message says so */
@ConfigurationProperties("bridge.inbound")
record InboundSettings(
        @Bounds(least = "1000", most = "1000000") int longestText) {}
