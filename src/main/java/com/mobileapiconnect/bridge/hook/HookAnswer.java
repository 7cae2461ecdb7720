package com.mobileapiconnect.bridge.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a route to a request: its last body, and the status that it set. A body that no step changed is not sent
 * back.
 *
 * @param contentType null if there is no body
 */
record HookAnswer(int status, @Nullable String contentType, byte[] body) {

    /** The exchange property by which a route sets the status. */
    private static final String STATUS = "status";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TEXT = "text/plain;charset=utf-8";
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int LAST_STATUS = 599;
    private static final byte[] NOTHING = {};

    static HookAnswer of(Exchange exchange, byte[] request) {
        Object body = exchange.getMessage().getBody();
        if (body == null || body == request) {
            return new HookAnswer(status(exchange, NO_CONTENT), null, NOTHING);
        } else if (body instanceof byte[] bytes) {
            return new HookAnswer(status(exchange, OK), "application/octet-stream", bytes);
        } else if (body instanceof String text) {
            return new HookAnswer(status(exchange, OK), TEXT, text.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return new HookAnswer(status(exchange, OK), "application/json", JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The last body of the route cannot be written as JSON", e);
        }
    }

    private static int status(Exchange exchange, int otherwise) {
        Integer set = exchange.getProperty(STATUS, Integer.class);
        if (set == null) {
            return otherwise;
        } else if (set < OK || set > LAST_STATUS) {
            throw new IllegalStateException(
                    "The exchange property status is " + set + ", which is no status of an answer");
        }
        return set;
    }
}
