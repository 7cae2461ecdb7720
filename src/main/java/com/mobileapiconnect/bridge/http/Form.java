package com.mobileapiconnect.bridge.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes fields as a form does ({@code application/x-www-form-urlencoded}), for a body or a URL's query. */
public final class Form {

    public static final String CONTENT_TYPE = "application/x-www-form-urlencoded";

    private Form() {}

    /** Returns the fields in the map's order; the result is ASCII. */
    public static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
