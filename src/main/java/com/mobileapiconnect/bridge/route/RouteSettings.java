package com.mobileapiconnect.bridge.route;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param dir directory of the pipeline's YAML; if it is missing, the copy inside the jar is used */
@ConfigurationProperties("bridge.routes")
record RouteSettings(Path dir) {}
