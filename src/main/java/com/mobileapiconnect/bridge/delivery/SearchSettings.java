package com.mobileapiconnect.bridge.delivery;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param ignoreAccents whether a search for {@code cafe} finds café, too, and one for {@code café} finds cafe */
@ConfigurationProperties("bridge.search")
record SearchSettings(boolean ignoreAccents) {}
