package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.http.BasicCredentials;
import com.mobileapiconnect.bridge.http.Form;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request that hands an SMS to a gateway, or the reason why there is none. */
public sealed interface Push {

    /** An SMS that the gateway cannot be asked to send. */
    record Impossible(String why) implements Push {

        static final Impossible NO_SENDER = new Impossible(
                "The number to send from is unknown: set the device's" + " number, or \"from\" of its transport");
    }

    /** A call to the gateway; a 2xx says that it has the SMS. */
    sealed interface Call extends Push {

        URI url();

        Map<String, String> headers();
    }

    record Get(URI url, Map<String, String> headers) implements Call {}

    record Post(URI url, Map<String, String> headers, String contentType, byte[] body) implements Call {

        static Post json(URI url, Map<String, String> headers, String json) {
            return new Post(url, headers, "application/json", json.getBytes(StandardCharsets.UTF_8));
        }

        static Post form(URI url, Map<String, String> headers, Map<String, String> fields) {
            return new Post(url, headers, Form.CONTENT_TYPE, Form.encode(fields).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The answer of a gateway to an SMS that was pushed. */
    sealed interface Answer {

        Answer TAKEN = new Taken(null);
    }

    /** @param id the id under which the gateway will speak of the SMS; null if it uses the bridge's, or says nothing */
    record Taken(@Nullable String id) implements Answer {}

    /**
     * The gateway refused the SMS although the status was a 2xx.
     *
     * @param again whether it may take it later
     */
    record Refused(String why, boolean again) implements Answer {}

    /** The header of basic authentication. */
    static Map<String, String> basic(String username, String password) {
        return Map.of("Authorization", BasicCredentials.header(username, password));
    }
}
