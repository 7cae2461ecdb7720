package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.destination.HttpOptions;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that a sender wants made for a target.
 *
 * @param headers     go before those that the target has of the same name
 * @param body        null for a method without one
 * @param credentials whether the target's credentials ({@link HttpOptions#auth}) go along
 */
public record HttpRequest(
        Method method,
        URI url,
        Map<String, String> headers,
        @Nullable Body body,
        boolean credentials) {

    /** The methods that there are; nothing else becomes a method of a call. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE,
        HEAD,
        OPTIONS;

        /** Returns whether a call of this method can have a body. */
        public boolean hasBody() {
            return this == POST || this == PUT || this == PATCH;
        }
    }

    /** @param type with its parameters, such as {@code application/json} */
    public record Body(String type, String text) {

        public static Body json(String text) {
            return new Body("application/json", text);
        }
    }

    public static HttpRequest get(URI url, Map<String, String> headers) {
        return new HttpRequest(Method.GET, url, headers, null, true);
    }

    public static HttpRequest of(Method method, URI url, Map<String, String> headers, Body body) {
        return new HttpRequest(method, url, headers, body, true);
    }

    public HttpRequest withoutCredentials() {
        return new HttpRequest(method, url, headers, body, false);
    }

    public HttpRequest with(Map<String, String> otherHeaders) {
        return new HttpRequest(method, url, otherHeaders, body, credentials);
    }
}
