package com.mobileapiconnect.bridge.email;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param from whom mails come from: an address, or {@code ERP Bridge <bridge@example.com>} */
@ConfigurationProperties("bridge.mail")
record MailSettings(String from) {}
