package com.mobileapiconnect.bridge.gateway;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a gateway.
 *
 * @param contentType null if there is no body
 */
public record Answer(int status, @Nullable String contentType, String body) {

    private static final int OK = 200;

    static final Answer EMPTY = new Answer(OK, null, "");

    static Answer of(String contentType, String body) {
        return new Answer(OK, contentType, body);
    }
}
