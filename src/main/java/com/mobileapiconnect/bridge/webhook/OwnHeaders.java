package com.mobileapiconnect.bridge.webhook;

import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/**
 * The headers of every call by which a receiver knows who calls, and what answer is understood; firewalls refuse calls
 * without the first. A sender's or an integrator's headers of these names stand in their place.
 */
@Component
final class OwnHeaders {

    private final Map<String, String> values;

    @Autowired
    OwnHeaders(ObjectProvider<BuildProperties> build) {
        this(build.stream().map(BuildProperties::getVersion).findFirst().orElse("dev"));
    }

    OwnHeaders(String version) {
        values = Map.of(
                "User-Agent",
                "erp-bridge/" + version,
                "Accept",
                "application/json, */*;q=0.8",
                "Accept-Encoding", // answers are read as they come
                "identity");
    }

    Map<String, String> values() {
        return values;
    }
}
