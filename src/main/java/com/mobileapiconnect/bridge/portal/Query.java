package com.mobileapiconnect.bridge.portal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The query of an address: a search that can be kept, sent on and come back to. */
final class Query {

    private static final List<String> OF_A_SEARCH = List.of("q", "status", "rule", "target", "since", "until", "zone");

    private Query() {}

    /** Returns a search with something else in it; the place in the list is not a part of it. */
    static String of(Form search, Map<String, String> other) {
        Map<String, String> all = new java.util.LinkedHashMap<>();
        OF_A_SEARCH.stream().filter(search::has).forEach(name -> all.put(name, search.get(name)));
        all.putAll(other);
        return of(all);
    }

    /** Returns these fields as a query with its question mark; empty ones are a part of it too. */
    static String of(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
