package com.mobileapiconnect.bridge.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes the credentials of HTTP's basic authentication (RFC 7617). */
public final class BasicCredentials {

    private BasicCredentials() {}

    /**
     * Returns the value of {@code Authorization} or {@code Proxy-Authorization}.
     *
     * @param user without a colon, which would end it
     */
    public static String header(String user, String password) {
        byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(login);
    }
}
