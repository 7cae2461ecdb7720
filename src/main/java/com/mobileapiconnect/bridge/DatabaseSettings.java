package com.mobileapiconnect.bridge;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param url      PostgreSQL in place of the embedded database; blank: embedded
 * @param user     goes before the URL's
 * @param password likewise
 * @param answerWithin time that the server has for an answer to the writer; then what is written is refused
 */
@ConfigurationProperties("bridge.database")
record DatabaseSettings(String url, String user, String password, Duration answerWithin) {

    boolean onPostgres() {
        return !url.isBlank();
    }

    @Override
    public String toString() {
        return "DatabaseSettings[…]";
    }
}
