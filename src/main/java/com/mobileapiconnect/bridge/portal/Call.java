package com.mobileapiconnect.bridge.portal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call of the API.
 *
 * @param path       of plain characters only
 * @param parameters of the query; those without a value are left out
 */
record Call(String method, String path, Map<String, String> parameters, byte[] body, Map<String, String> headers) {

    private static final byte[] NOTHING = {};

    static Call get(String path) {
        return new Call("GET", path, Map.of(), NOTHING, Map.of());
    }

    static Call send(String method, String path, byte[] body) {
        return new Call(method, path, Map.of(), body, Map.of());
    }

    static Call send(String method, String path) {
        return send(method, path, NOTHING);
    }

    /** Returns the call with one more parameter, unless the value is blank. */
    Call with(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new Call(method, path, more, body, headers);
    }

    /** Returns the call for an object in this version only: 412 if somebody else has changed it. */
    Call ifVersion(String version) {
        if (version.isBlank()) {
            return this;
        }
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.put("If-Match", '"' + version + '"');
        return new Call(method, path, parameters, body, more);
    }

    @Nullable String query() {
        return parameters.isEmpty()
                ? null
                : parameters.entrySet().stream()
                        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }
}
