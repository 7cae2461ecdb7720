package com.mobileapiconnect.bridge.route;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param dir directory of the pipeline's YAML, read at the start; empty: the directory {@code routes} if there is one,
 *            otherwise the copy inside the jar
 */
@ConfigurationProperties("bridge.routes")
record RouteSettings(String dir) {}
