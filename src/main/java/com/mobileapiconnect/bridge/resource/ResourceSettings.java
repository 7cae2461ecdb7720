package com.mobileapiconnect.bridge.resource;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param databases databases that routes name, each as its name and a JDBC URL: {@code erp=jdbc:postgresql://host/db}
 */
@ConfigurationProperties("bridge.resource")
record ResourceSettings(List<String> databases) {

    /** Returns no addresses, which may hold passwords. */
    @Override
    public String toString() {
        return "ResourceSettings[" + databases.size() + " databases]";
    }
}
