package com.mobileapiconnect.bridge.email;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param smtpUrl  {@code smtp://user:password@host:587} or {@code smtps://…}; blank for no e-mail
 * @param mailFrom sender of all mails: an address, or {@code ERP Bridge <bridge@example.com>}
 */
@ConfigurationProperties("bridge")
public record EmailSettings(
        @DefaultValue("") String smtpUrl, @DefaultValue("") String mailFrom) {

    @Override
    public String toString() {
        return "EmailSettings[mailFrom=" + mailFrom + ", …]";
    }
}
