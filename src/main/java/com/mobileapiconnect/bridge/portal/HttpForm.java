package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The options of a target's calls, as the forms of connections and webhooks show them: how it signs in, and its headers.
 *
 * @param values  what stands in the fields of {@code auth}; of a secret only one that was typed
 * @param set     the secrets of {@code auth} that stand, of which nobody sees more
 * @param headers the headers, whose values are secrets too
 */
record HttpForm(Map<String, String> values, Set<String> set, List<Header> headers) {

    /** The ways of signing in at a system, each with its fields. */
    static final Map<String, List<String>> AUTHS = new TreeMap<>(Map.of(
            "basic", List.of("username", "password"),
            "bearer", List.of("token"),
            "oauth2", List.of("tokenUrl", "clientId", "clientSecret", "scope")));

    static final List<String> SECRETS = List.of("password", "token", "clientSecret");

    /** The beginning of the names of the fields, and of what the API says of them. */
    static final String AUTH = "http.auth";

    /** The beginning of the names of the headers' fields, and of what the API says of them. */
    static final String HEADERS = "http.headers";

    // one more than the API takes, so that it says so
    private static final int MOST_HEADERS = 21;

    /**
     * A header of each call.
     *
     * @param value one that was typed; empty to keep the one that stands
     * @param isSet whether one stands
     */
    record Header(String name, String value, boolean isSet) {
        private static final Header EMPTY = new Header("", "", false);
    }

    /** @param http the options as the API shows them, missing or null for none */
    static HttpForm of(JsonNode http) {
        Map<String, String> values = new TreeMap<>();
        Set<String> set = new TreeSet<>();
        http.path("auth").properties().forEach(each -> {
            if (SECRETS.contains(each.getKey())) {
                set.add(each.getKey());
            } else {
                values.put(each.getKey(), each.getValue().asText(""));
            }
        });
        List<Header> headers = new ArrayList<>();
        http.path("headers").properties().forEach(each -> headers.add(new Header(each.getKey(), "", true)));
        return new HttpForm(values, set, headers);
    }

    /** Returns the options as they were typed, and changed by a button of the form. */
    HttpForm typed(Form form, String order) {
        Map<String, String> typed = new TreeMap<>(Map.of("type", form.get(AUTH + ".type")));
        AUTHS.values().forEach(names -> names.forEach(name -> typed.put(name, form.get(AUTH + "." + name))));
        List<Header> rows = new ArrayList<>(typedHeaders(form));
        if (order.equals("more:" + HEADERS)) {
            rows.add(Header.EMPTY);
        } else if (order.matches("less:\\Q" + HEADERS + "\\E:\\d{1,2}")) {
            int row = Integer.parseInt(order.substring(order.lastIndexOf(':') + 1));
            if (row < rows.size()) {
                rows.remove(row);
            }
        }
        return new HttpForm(typed, set, rows);
    }

    private List<Header> typedHeaders(Form form) {
        List<Header> rows = new ArrayList<>();
        for (int i = 0; i < MOST_HEADERS && form.fields().containsKey(HEADERS + "." + i + ".field"); i++) {
            String name = form.get(HEADERS + "." + i + ".field");
            boolean isSet = headers.stream()
                    .anyMatch(each -> each.isSet() && each.name().equals(name));
            rows.add(new Header(name, form.get(HEADERS + "." + i + ".value"), isSet));
        }
        return rows;
    }

    String type() {
        return value("type");
    }

    String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** Returns whether such a secret stands, and is kept where none is typed. */
    boolean isSet(String name) {
        return set.contains(name);
    }

    /** Returns the headers, with a row to begin with. */
    List<Header> headersToFill() {
        return headers.isEmpty() ? List.of(Header.EMPTY) : headers;
    }

    /** Returns whether there is anything to see of the headers. */
    boolean hasHeaders() {
        return headers.size() > 1
                || headers.stream().anyMatch(each -> !each.name().isEmpty());
    }

    /** Returns whether something is wrong with the headers or with the sign-in. */
    static boolean isWrong(Map<String, String> errors, String within) {
        return errors.keySet().stream().anyMatch(each -> each.equals(within) || each.startsWith(within + "."));
    }

    /** Puts what was typed into a target. A form without such fields leaves it as it is. */
    static void put(Form form, ObjectNode wanted) {
        if (form.fields().containsKey(AUTH + ".type")) {
            putAuth(form, wanted);
        }
        if (form.fields().containsKey(HEADERS + ".0.field")) {
            putHeaders(form, wanted);
        }
    }

    private static void putAuth(Form form, ObjectNode wanted) {
        String type = form.get(AUTH + ".type");
        if (!AUTHS.containsKey(type)) {
            if (wanted.path("http").path("auth").isObject()) {
                http(wanted).putNull("auth");
            }
            return;
        }
        ObjectNode http = http(wanted);
        ObjectNode auth = http.path("auth").path("type").asText().equals(type)
                ? (ObjectNode) http.get("auth")
                : http.putObject("auth").put("type", type);
        for (String name : AUTHS.get(type)) {
            String field = AUTH + "." + name;
            if (form.has(field)) {
                auth.put(name, form.get(field));
            } else if (!SECRETS.contains(name)) {
                auth.remove(name);
            }
        }
    }

    private static void putHeaders(Form form, ObjectNode wanted) {
        JsonNode standing = wanted.path("http").path("headers").deepCopy();
        ObjectNode headers = Answer.JSON.createObjectNode();
        for (Header each : of(wanted.path("http")).typedHeaders(form)) {
            if (each.name().isEmpty()) {
                continue;
            }
            if (each.value().isEmpty()) {
                headers.set(each.name(), standing.get(each.name())); // nothing is no value: then the API asks for one
            } else {
                headers.put(each.name(), each.value());
            }
        }
        if (!headers.isEmpty() || !standing.isEmpty()) {
            http(wanted).set("headers", headers);
        }
    }

    private static ObjectNode http(ObjectNode wanted) {
        return wanted.path("http") instanceof ObjectNode standing ? standing : wanted.putObject("http");
    }
}
