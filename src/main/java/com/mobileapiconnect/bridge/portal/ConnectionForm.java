package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A connection as its form shows it.
 *
 * @param values what stands in the plain fields; those of {@code http.auth} have its names
 * @param when   the condition for a message to be sent to it
 * @param fields the properties of its connector
 */
record ConnectionForm(Map<String, String> values, Condition.Group when, List<SchemaField> fields) {

    /** The ways of signing in at a system, each with its fields. */
    static final Map<String, List<String>> AUTHS = new TreeMap<>(Map.of(
            "basic", List.of("username", "password"),
            "bearer", List.of("token"),
            "oauth2", List.of("tokenUrl", "clientId", "clientSecret", "scope")));

    static final List<String> SECRETS = List.of("password", "token", "clientSecret");

    private static final String AUTH = "http.auth.";
    private static final List<String> NUMBERS = List.of("concurrency", "ratePerSecond");
    private static final List<String> PLAIN =
            List.of("name", "outboundUrl", "concurrency", "ratePerSecond", "enabled", "ordered", "signatureHeader");

    static ConnectionForm blank(Connector connector) {
        Map<String, String> values =
                new TreeMap<>(Map.of("name", connector.title(), "concurrency", "8", "enabled", "yes"));
        return new ConnectionForm(
                values, Condition.Group.NOTHING, SchemaField.of(connector.properties(), MissingNode.getInstance()));
    }

    static ConnectionForm of(JsonNode connection, Connector connector) {
        Map<String, String> values = new TreeMap<>();
        for (String name : PLAIN) {
            JsonNode value = connection.path(name);
            values.put(
                    name,
                    value.isBoolean()
                            ? value.booleanValue() ? "yes" : ""
                            : value.isNumber()
                                    ? value.decimalValue().stripTrailingZeros().toPlainString()
                                    : value.asText(""));
        }
        JsonNode auth = connection.path("http").path("auth");
        auth.properties()
                .forEach(
                        each -> values.put(AUTH + each.getKey(), each.getValue().asText()));
        return new ConnectionForm(
                values,
                Condition.of(connection.path("when")),
                SchemaField.of(connector.properties(), connection.path("properties")));
    }

    /** Returns the form as it was typed, and changed by one of its buttons. */
    ConnectionForm typed(Form form, String order) {
        Map<String, String> typed = new TreeMap<>();
        PLAIN.forEach(name -> typed.put(name, form.get(name)));
        typed.put(AUTH + "type", form.get(AUTH + "type"));
        AUTHS.values()
                .forEach(names -> names.forEach(name -> {
                    // A secret that stands is neither shown nor lost.
                    typed.put(
                            AUTH + name,
                            SECRETS.contains(name) ? values.getOrDefault(AUTH + name, "") : form.get(AUTH + name));
                }));
        return new ConnectionForm(
                typed,
                ConditionForm.changed(ConditionForm.of(form), order),
                fields.stream().map(field -> field.typed(form, order)).toList());
    }

    String value(String name) {
        return values.getOrDefault(name, "");
    }

    String auth(String name) {
        return value(AUTH + name);
    }

    /** Puts what was typed into a connection. */
    static ObjectNode put(Form form, Connector connector, ObjectNode wanted) {
        wanted.put("name", form.get("name")).put("enabled", form.has("enabled")).put("ordered", form.has("ordered"));
        for (String name : NUMBERS) {
            number(form, name, wanted);
        }
        Condition.Group when = ConditionForm.of(form);
        if (when.parts().isEmpty()) {
            wanted.remove("when");
        } else {
            wanted.set("when", when.json());
        }
        if (connector.takesUrl()) {
            text(form, "outboundUrl", wanted);
            text(form, "signatureHeader", wanted);
            auth(form, wanted);
        }
        if (form.has("secret")) {
            wanted.put("secret", form.get("secret"));
        }
        ObjectNode properties = wanted.withObject("/properties");
        SchemaField.of(connector.properties(), properties).forEach(field -> field.put(form, properties));
        return wanted;
    }

    private static void text(Form form, String name, ObjectNode wanted) {
        if (form.has(name)) {
            wanted.put(name, form.get(name));
        } else {
            wanted.remove(name);
        }
    }

    private static void auth(Form form, ObjectNode wanted) {
        String type = form.get(AUTH + "type");
        boolean had = wanted.path("http").path("auth").isObject();
        if (!AUTHS.containsKey(type)) {
            if (had) {
                ((ObjectNode) wanted.path("http")).putNull("auth");
            }
            return;
        }
        ObjectNode http = wanted.path("http") instanceof ObjectNode standing ? standing : wanted.putObject("http");
        ObjectNode auth = http.path("auth").path("type").asText().equals(type)
                ? (ObjectNode) http.get("auth")
                : http.putObject("auth").put("type", type);
        for (String name : AUTHS.get(type)) {
            if (form.has(AUTH + name)) {
                auth.put(name, form.get(AUTH + name));
            } else if (!SECRETS.contains(name)) {
                auth.remove(name);
            }
        }
    }

    private static void number(Form form, String name, ObjectNode wanted) {
        if (!form.has(name)) {
            wanted.remove(name);
            return;
        }
        try {
            wanted.put(name, new BigDecimal(form.get(name)));
        } catch (NumberFormatException e) {
            wanted.put(name, form.get(name));
        }
    }
}
