package com.mobileapiconnect.bridge.plugin;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param dir directory of the plugins' jars, read at the start; empty: the directory {@code plugins} if there is one,
 *            otherwise none
 */
@ConfigurationProperties("bridge.plugins")
record PluginSettings(String dir) {}
