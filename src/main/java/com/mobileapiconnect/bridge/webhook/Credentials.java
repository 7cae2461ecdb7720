package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.http.BasicCredentials;

/** Writes the credentials that a target has itself, without a token endpoint. */
final class Credentials {

    static final String HEADER = "Authorization";

    private Credentials() {}

    static String of(HttpOptions.Auth auth) {
        if (auth instanceof HttpOptions.Auth.Basic basic) {
            return BasicCredentials.header(basic.username(), basic.password().reveal());
        } else if (auth instanceof HttpOptions.Auth.Bearer bearer) {
            return "Bearer " + bearer.token().reveal();
        }
        throw new IllegalArgumentException("Such credentials come from a token endpoint");
    }
}
