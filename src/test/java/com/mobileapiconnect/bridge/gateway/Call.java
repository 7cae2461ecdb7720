package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.http.Form;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request as an app or provider makes it. */
record Call(String method, String query, byte[] body, Map<String, String> headers) {

    static Call post(String contentType, String body) {
        return new Call("POST", "", body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", contentType));
    }

    static Call json(Object body) {
        return post("application/json", body.toString());
    }

    static Call form(Map<String, String> fields) {
        return post(Form.CONTENT_TYPE, Form.encode(fields));
    }

    static Call get(String query) {
        return new Call("GET", query, new byte[0], Map.of());
    }

    Call with(Map<String, String> newHeaders) {
        return new Call(method, query, body, newHeaders);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The same as a gateway gets it. */
    GatewayRequest request(PairedAs device) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        return new GatewayRequest(
                method, List.of("http://localhost/x"), query.isEmpty() ? null : query, byName::get, body, device);
    }
}
