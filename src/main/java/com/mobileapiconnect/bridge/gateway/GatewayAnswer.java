package com.mobileapiconnect.bridge.gateway;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a gateway.
 *
 * @param contentType null if there is no body
 */
public record GatewayAnswer(int status, @Nullable String contentType, String body) {

    private static final int OK = 200;

    static final GatewayAnswer EMPTY = new GatewayAnswer(OK, null, "");

    /** The answer to apps that look at the status alone. */
    static final GatewayAnswer TAKEN = of("application/json", "{}");

    static GatewayAnswer of(String contentType, String body) {
        return new GatewayAnswer(OK, contentType, body);
    }
}
