package com.mobileapiconnect.bridge.client;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of a receiver. */
public final class Answer {

    private final int status;
    private final HttpHeaders headers;
    private final String body;
    private final boolean whole;

    Answer(int status, HttpHeaders headers, String body, boolean whole) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.whole = whole;
    }

    public int status() {
        return status;
    }

    /** Returns the first header of this name, in any case. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** Returns all headers, by their names in lower case. */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> all = new HashMap<>();
        for (Map.Entry<String, String> header : headers) {
            all.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue());
        }
        return all;
    }

    /** Returns the beginning of the body, as long as the caller wanted to keep it. */
    public String body() {
        return body;
    }

    /** Returns whether the body was read to its end, or to the limit. */
    public boolean whole() {
        return whole;
    }
}
