package com.mobileapiconnect.bridge.route;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param routesDir directory of the pipeline's YAML; if it is missing, the copy inside the jar is used */
@ConfigurationProperties("bridge")
record RouteSettings(@DefaultValue("routes") Path routesDir) {}
