package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param url      PostgreSQL in place of the embedded database, {@code postgresql://user@host:5432/db}; blank: embedded
 * @param user     goes before the user in the URL
 * @param password goes before the password in the URL
 * @param answerWithin time that the server has for an answer to the writer; then what is written is refused
 * @param standby  whether a bridge that finds another one running on the database waits, and takes over when that one ends
 */
@ConfigurationProperties("bridge.database")
record DatabaseSettings(
        String url,
        String user,
        String password,
        @Bounds(least = "PT1S", most = "PT5M") Duration answerWithin,
        boolean standby) {

    boolean onPostgres() {
        return !url.isBlank();
    }

    /** Refuses a login that would have no effect: its operator believes that the messages are on a server. */
    void refuseLoginWithoutUrl() {
        if (!onPostgres() && !(user.isBlank() && password.isBlank())) {
            throw new BadSettingException((user.isBlank() ? "BRIDGE_DATABASE_PASSWORD" : "BRIDGE_DATABASE_USER")
                    + " has no effect without BRIDGE_DATABASE_URL: give that too, like postgresql://db.example.com:5432/bridge,"
                    + " or remove it.");
        }
    }

    @Override
    public String toString() {
        return "DatabaseSettings[…]";
    }
}
