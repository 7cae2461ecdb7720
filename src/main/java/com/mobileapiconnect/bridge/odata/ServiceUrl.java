package com.mobileapiconnect.bridge.odata;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The root of a service, under which its entity sets lie. A query of the root, like {@code sap-client=100}, goes along with
 * every call.
 *
 * @param base without a slash at its end
 */
record ServiceUrl(String base, String query) {

    static ServiceUrl of(String url) {
        int question = url.indexOf('?');
        String base = question < 0 ? url : url.substring(0, question);
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        return new ServiceUrl(base, question < 0 ? "" : url.substring(question + 1));
    }

    /** Returns a service that lies below this one. */
    ServiceUrl below(String path) {
        return new ServiceUrl(base + "/" + path, query);
    }

    /** Returns the service with one more option that goes along with every call. */
    ServiceUrl with(String option) {
        return new ServiceUrl(base, query.isEmpty() ? option : query + "&" + option);
    }

    URI root() {
        return at("");
    }

    /** Returns the host and port, as the connection has them. */
    String place() {
        return String.valueOf(root().getRawAuthority());
    }

    /** @param path below the root, encoded */
    URI at(String path) {
        return URI.create(base + "/" + path + (query.isEmpty() ? "" : "?" + query));
    }

    /** @param options of the query, encoded */
    URI at(String path, String options) {
        return URI.create(base + "/" + path + "?" + (query.isEmpty() ? "" : query + "&") + options);
    }

    /** Returns the record's address that an answer gave, if that lies on this service's host; null if not. */
    @Nullable String resolved(String location) {
        try {
            URI root = root();
            URI found = URI.create(base + "/").resolve(location);
            boolean isHere = String.valueOf(root.getScheme()).equalsIgnoreCase(found.getScheme())
                    && String.valueOf(root.getRawAuthority()).equalsIgnoreCase(found.getRawAuthority());
            return isHere ? found.toString() : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Encodes a part of a path or query; what OData writes by itself, {@code ( ) ' =}, is not for this. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
