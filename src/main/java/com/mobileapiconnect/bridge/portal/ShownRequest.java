package com.mobileapiconnect.bridge.portal;

import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A request to a target as the API shows it: secrets are masked. */
record ShownRequest(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable String body) {

    boolean overHttp() {
        return target.startsWith("http://") || target.startsWith("https://");
    }

    /** Returns a command that makes the same request, once the masked values are filled in. */
    String curl() {
        StringJoiner curl = new StringJoiner(" \\\n  ");
        curl.add("curl -X " + method + " " + quoted(target));
        headers.forEach((name, value) -> curl.add("-H " + quoted(name + ": " + value)));
        if (body != null) {
            curl.add("--data-raw " + quoted(body));
        }
        return curl.toString();
    }

    /** Returns a text as a shell takes it: nothing within single quotes means anything to it. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
