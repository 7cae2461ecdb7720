package com.mobileapiconnect.bridge.drop;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The form of a delivery: one line, with its id first, by which a repeat is recognised. */
enum DropFormat {
    JSON("json", "jsonl") {
        @Override
        String line(ObjectNode record) {
            return record.toString();
        }

        @Override
        String head(ObjectNode record) {
            return "";
        }

        @Override
        String beginning(String deliveryId) {
            return "{\"" + ID + "\":\"" + deliveryId + "\"";
        }
    },
    CSV("csv", "csv") {
        /** A payload has its rule only if there is one: all lines of a file have the same columns. */
        @Override
        ObjectNode record(ErpWrite write) {
            ObjectNode record = super.record(write);
            if (write.fields().isEmpty()) {
                JsonNode rule = record.remove(RULE);
                record.set(RULE, rule);
            }
            return record;
        }

        @Override
        String line(ObjectNode record) {
            return record.properties().stream()
                    .map(field -> cell(field.getValue()))
                    .collect(Collectors.joining(","));
        }

        @Override
        String head(ObjectNode record) {
            return record.properties().stream()
                    .map(field -> quoted(field.getKey()))
                    .collect(Collectors.joining(","));
        }

        @Override
        String beginning(String deliveryId) {
            return "\"" + deliveryId + "\"";
        }
    };

    /** The name of the delivery's id in a record. */
    static final String ID = "deliveryId";

    private static final String RULE = "matchedRuleId";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern NUMBER = Pattern.compile("[+-][0-9 ().-]*");
    private static final String FORMULA = "=+-@\t";

    private final String ending;
    private final String endingOfLines;

    DropFormat(String ending, String endingOfLines) {
        this.ending = ending;
        this.endingOfLines = endingOfLines;
    }

    static DropFormat named(String name) {
        return name.equals("csv") ? CSV : JSON;
    }

    /** Returns how the name of a file of one delivery ends. */
    String ending() {
        return "." + ending;
    }

    /** Returns how the name of a file of many ends. */
    String endingOfLines() {
        return "." + endingOfLines;
    }

    /** Returns the record as one line, without its end. */
    abstract String line(ObjectNode record);

    /** Returns the line that a file begins with; empty for none. */
    abstract String head(ObjectNode record);

    /** Returns how the line of a delivery begins. */
    abstract String beginning(String deliveryId);

    /** Returns what is written of a delivery: its mapped fields, or else its payload, behind its id. */
    ObjectNode record(ErpWrite write) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put(ID, write.key());
        if (!write.fields().isEmpty()) {
            write.fields().properties().forEach(field -> put(record, field.getKey(), field.getValue()));
            return record;
        }
        JsonNode payload = payload(write.body());
        if (payload.isObject()) {
            payload.properties().forEach(field -> put(record, field.getKey(), field.getValue()));
        } else {
            record.set("payload", payload);
        }
        return record;
    }

    private static void put(ObjectNode record, String name, JsonNode value) {
        if (!name.equals(ID)) {
            record.set(name, value);
        }
    }

    private static JsonNode payload(byte[] body) {
        try {
            JsonNode json = MAPPER.readTree(body);
            if (json != null && !json.isMissingNode()) {
                return json;
            }
        } catch (JacksonException noJson) {
            // a step of a route has made something else of it
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory cannot be read", e);
        }
        return JsonNodeFactory.instance.textNode(new String(body, StandardCharsets.UTF_8));
    }

    /** Returns one line, and nothing that a spreadsheet would take for a formula. */
    private static String cell(JsonNode value) {
        String text = value.isNull() ? "" : value.isContainerNode() ? value.toString() : value.asText();
        String line = text.replaceAll("\\R", " ");
        boolean formula = !line.isEmpty()
                && FORMULA.indexOf(line.charAt(0)) >= 0
                && !NUMBER.matcher(line).matches();
        return quoted(formula ? "'" + line : line);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
