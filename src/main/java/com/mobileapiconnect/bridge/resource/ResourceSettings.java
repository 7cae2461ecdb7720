package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param databases       databases for routes alone, each by name and JDBC URL: {@code erp=jdbc:postgresql://host/db}
 * @param mostConnections connections at once to all databases of tenants together; each takes a thread
 */
@ConfigurationProperties("bridge.resource")
record ResourceSettings(
        List<String> databases,
        @Bounds(least = "1", most = "10000") int mostConnections) {

    /** Returns no addresses, which may hold passwords. */
    @Override
    public String toString() {
        return "ResourceSettings[" + databases.size() + " databases, …]";
    }
}
