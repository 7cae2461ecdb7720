package com.mobileapiconnect.bridge.support;

import java.io.File;
import java.util.Map;

/** The Maven that runs the tests, for programs that they start. */
public final class Maven {

    private static final String RUN_SOON_RATHER_THAN_FAST = "-XX:TieredStopAtLevel=1";

    private Maven() {}

    /** Variables with which {@code mvn} is found, and is quick at what takes seconds. */
    public static Map<String, String> environment() {
        String home = System.getProperty("maven.home", "");
        String path = System.getenv().getOrDefault("PATH", "");
        String options = System.getenv().getOrDefault("MAVEN_OPTS", "");
        return Map.of(
                "PATH",
                home.isEmpty() ? path : home + "/bin" + File.pathSeparator + path,
                "MAVEN_OPTS",
                (options + " " + RUN_SOON_RATHER_THAN_FAST).strip());
    }
}
