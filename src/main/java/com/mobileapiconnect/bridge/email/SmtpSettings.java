package com.mobileapiconnect.bridge.email;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param url {@code smtp://user:password@host:587} or {@code smtps://…}; blank: no e-mail */
@ConfigurationProperties("bridge.smtp")
record SmtpSettings(String url) {

    @Override
    public String toString() {
        return "SmtpSettings[…]";
    }
}
