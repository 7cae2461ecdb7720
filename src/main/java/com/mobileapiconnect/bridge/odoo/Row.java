package com.mobileapiconnect.bridge.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.erp.SystemText;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A record as Odoo's import takes it: every value is a text, and the first column is the external id. */
record Row(List<String> columns, List<String> values) {

    /** The part of external ids before the dot; Odoo asks for none that it knows. */
    static final String MODULE = "bridge";

    private static final String HTML = "html";

    /**
     * @param types of the fields, as Odoo calls them; those that are not in it are texts
     * @param key   the id of the delivery
     */
    static Row of(ObjectNode fields, Map<String, String> types, String key) {
        List<String> columns = new ArrayList<>(List.of("id"));
        List<String> values = new ArrayList<>(List.of(MODULE + "." + key));
        fields.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isNull()) { // an empty value would go before the field's default
                String type = types.getOrDefault(field.getKey(), "char");
                columns.add(column(field.getKey(), type, value));
                values.add(text(type, value));
            }
        });
        return new Row(List.copyOf(columns), List.copyOf(values));
    }

    /** Links are found by name; a number is that of a record, for which the import has a column of its own. */
    private static String column(String name, String type, JsonNode value) {
        boolean isLink = type.equals("many2one") || type.equals("many2many");
        return isLink && value.isIntegralNumber() ? name + "/.id" : name;
    }

    private static String text(String type, JsonNode value) {
        if (!value.isTextual()) {
            return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
        }
        String text = value.textValue();
        return switch (type) {
            case HTML -> SystemText.html(text);
            case "datetime" -> SystemText.time(text, ZoneOffset.UTC);
            case "date" -> SystemText.day(text, ZoneOffset.UTC);
            default -> text;
        };
    }
}
