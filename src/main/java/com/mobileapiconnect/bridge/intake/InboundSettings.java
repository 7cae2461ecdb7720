package com.mobileapiconnect.bridge.intake;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param longestText characters of a text that are taken; what is beyond is cut off, and the message says so */
@ConfigurationProperties("bridge.inbound")
record InboundSettings(int longestText) {}
