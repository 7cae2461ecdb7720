package com.mobileapiconnect.bridge;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param url      PostgreSQL in place of the embedded database; blank: embedded
 * @param user     goes before the URL's
 * @param password likewise
 */
@ConfigurationProperties("bridge.database")
record DatabaseSettings(String url, String user, String password) {

    boolean onPostgres() {
        return !url.isBlank();
    }

    @Override
    public String toString() {
        return "DatabaseSettings[…]";
    }
}
