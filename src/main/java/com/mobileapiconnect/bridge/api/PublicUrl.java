package com.mobileapiconnect.bridge.api;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** How phones and gateways reach the bridge; never taken from a request's Host header. */
@Component
public class PublicUrl {

    private final String base;

    PublicUrl(@Value("${bridge.public-url:}") String configured, @Value("${server.port:8080}") int port) {
        String url = configured.isBlank() ? "http://localhost:" + port : configured.strip();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** @param path beginning with a slash */
    public String of(String path) {
        return base + path;
    }
}
