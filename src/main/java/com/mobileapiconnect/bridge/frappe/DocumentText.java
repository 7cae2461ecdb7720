package com.mobileapiconnect.bridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.SystemText;
import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a document in the kinds that its fields have, because Frappe makes of what does not fit something else in silence. */
final class DocumentText {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,30}(?:\\.\\d{1,30})?");
    /** Fields that every DocType has, which its list does not name. */
    private static final Set<String> OF_ALL =
            Set.of("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx", "naming_series");

    private DocumentText() {}

    /** Reports a value that its field would not keep; names the field, and does not say the value. */
    static final class DoesNotFitException extends Exception {
        DoesNotFitException(String message) {
            super(message, null, false, false);
        }
    }

    static ObjectNode of(ErpWrite write, FrappeServer server, Meta meta) throws DoesNotFitException {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        for (var field : write.fields().properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            Meta.Field kind = meta.fields().get(name);
            if (kind != null) {
                document.set(name, value(name, value, kind.type(), server));
            } else if (meta.isKnown() && !OF_ALL.contains(name)) {
                throw new DoesNotFitException("The DocType " + server.docType() + " has no field " + name
                        + ", and what it gets would be lost without a word");
            } else {
                document.set(name, value);
            }
        }
        return document.put(server.key(), write.key());
    }

    private static JsonNode value(String name, JsonNode value, String type, FrappeServer server)
            throws DoesNotFitException {
        return switch (type) {
            case "Text Editor", "HTML Editor", "HTML" ->
                value.isTextual() ? text(SystemText.html(value.textValue())) : value;
            case "Datetime" -> value.isTextual() ? text(SystemText.time(value.textValue(), server.zone())) : value;
            case "Date" -> value.isTextual() ? text(SystemText.day(value.textValue(), server.zone())) : value;
            case "Int", "Float", "Currency", "Percent", "Check", "Rating" -> number(name, value, type);
            default -> value;
        };
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    private static JsonNode number(String name, JsonNode value, String type) throws DoesNotFitException {
        if (value.isNumber() || value.isNull()) {
            return value;
        } else if (value.isBoolean() && type.equals("Check")) {
            return JsonNodeFactory.instance.numberNode(value.booleanValue() ? 1 : 0);
        }
        String number = value.asText().strip();
        if (number.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        } else if (value.isTextual() && NUMBER.matcher(number).matches()) {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(number));
        }
        throw new DoesNotFitException("The field " + name + " is of the type " + type + ", and its value is no number");
    }
}
