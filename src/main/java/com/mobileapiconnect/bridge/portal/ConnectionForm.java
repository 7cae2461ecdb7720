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
 * @param values what stands in the plain fields
 * @param when   the condition for a message to be sent to it
 * @param fields the properties of its connector
 */
record ConnectionForm(Map<String, String> values, Condition.Group when, List<SchemaField> fields, HttpForm http) {

    private static final List<String> NUMBERS = List.of("concurrency", "ratePerSecond");
    private static final List<String> PLAIN =
            List.of("name", "outboundUrl", "concurrency", "ratePerSecond", "enabled", "ordered", "signatureHeader");

    static ConnectionForm blank(Connector connector) {
        Map<String, String> values =
                new TreeMap<>(Map.of("name", connector.title(), "concurrency", "8", "enabled", "yes"));
        return new ConnectionForm(
                values,
                Condition.Group.NOTHING,
                SchemaField.of(connector.properties(), MissingNode.getInstance()),
                HttpForm.of(MissingNode.getInstance()));
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
        values.putAll(PolicyForm.values(connection, null));
        return new ConnectionForm(
                values,
                Condition.of(connection.path("when")),
                SchemaField.of(connector.properties(), connection.path("properties")),
                HttpForm.of(connection.path("http")));
    }

    /** Returns the form as it was typed, and changed by one of its buttons. */
    ConnectionForm typed(Form form, String order) {
        Map<String, String> typed = new TreeMap<>();
        PLAIN.forEach(name -> typed.put(name, form.get(name)));
        typed.putAll(PolicyForm.values(MissingNode.getInstance(), form));
        return new ConnectionForm(
                typed,
                ConditionForm.changed(ConditionForm.of(form), order),
                fields.stream().map(field -> field.typed(form, order)).toList(),
                http.typed(form, order));
    }

    String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** Puts what was typed into a connection. */
    static ObjectNode put(Form form, Connector connector, ObjectNode wanted) {
        wanted.put("name", form.get("name")).put("enabled", form.has("enabled")).put("ordered", form.has("ordered"));
        for (String name : NUMBERS) {
            number(form, name, wanted);
        }
        PolicyForm.put(form, wanted);
        Condition.Group when = ConditionForm.of(form);
        if (when.parts().isEmpty()) {
            wanted.remove("when");
        } else {
            wanted.set("when", when.json());
        }
        if (connector.takesUrl()) {
            text(form, "outboundUrl", wanted);
            text(form, "signatureHeader", wanted);
            HttpForm.put(form, wanted);
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
