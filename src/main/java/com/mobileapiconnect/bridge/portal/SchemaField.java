package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A property of a connector, as a field of a form that is drawn from the connector's JSON Schema.
 *
 * @param name  with those of the properties around it, such as {@code auth.user}
 * @param said  what the schema says of it
 * @param value as it stands in the field; one to a line in a list
 * @param isSet of a secret: whether there is one
 * @param parts the properties of an object
 * @param rows  the fields of a mapping
 */
record SchemaField(
        String name, Said said, String value, boolean isSet, List<SchemaField> parts, List<MappingRow> rows) {

    /** The beginning of the names of these fields in a form. */
    static final String PREFIX = "p.";

    /** The kind of a field. */
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        CHOICE,
        SECRET,
        /** A text of several lines, with names of a message in it. */
        TEMPLATE,
        MAPPING,
        /** Values, one to a line. */
        LIST,
        OBJECT,
        /** A property of any other shape, as JSON. */
        JSON
    }

    /**
     * @param numbers whether the value, or each of a list, is a number
     * @param usual   the value if none is given
     */
    record Said(
            String title,
            String description,
            Kind kind,
            boolean required,
            List<String> choices,
            boolean numbers,
            String usual) {

        private static Said of(String name, JsonNode property, boolean required) {
            List<String> choices = new ArrayList<>();
            property.path("enum").forEach(each -> choices.add(each.asText()));
            String type = property.path("type").asText();
            String single =
                    type.equals("array") ? property.path("items").path("type").asText() : type;
            return new Said(
                    property.path("title").asText(name),
                    property.path("description").asText(""),
                    kind(property, choices),
                    required,
                    choices,
                    single.equals("integer") || single.equals("number"),
                    property.path("default").isValueNode()
                            ? property.path("default").asText()
                            : "");
        }

        private static Kind kind(JsonNode property, List<String> choices) {
            switch (property.path("format").asText()) {
                case "password" -> {
                    return Kind.SECRET;
                }
                case "mapping" -> {
                    return Kind.MAPPING;
                }
                case "template" -> {
                    return Kind.TEMPLATE;
                }
                default -> {}
            }
            return switch (property.path("type").asText("")) {
                case "string" -> choices.isEmpty() ? Kind.TEXT : Kind.CHOICE;
                case "integer", "number" -> choices.isEmpty() ? Kind.NUMBER : Kind.CHOICE;
                case "boolean" -> Kind.FLAG;
                case "array" ->
                    List.of("string", "integer", "number")
                                    .contains(
                                            property.path("items").path("type").asText())
                            ? Kind.LIST
                            : Kind.JSON;
                case "object" -> property.path("properties").isEmpty() ? Kind.JSON : Kind.OBJECT;
                default -> Kind.JSON;
            };
        }
    }

    static List<SchemaField> of(JsonNode schema, JsonNode values) {
        return of(schema, values, "");
    }

    private static List<SchemaField> of(JsonNode schema, JsonNode values, String within) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(each -> required.add(each.asText()));
        List<SchemaField> fields = new ArrayList<>();
        schema.path("properties").properties().forEach(each -> {
            Said said = Said.of(each.getKey(), each.getValue(), required.contains(each.getKey()));
            fields.add(of(within + each.getKey(), said, each.getValue(), values.path(each.getKey())));
        });
        return fields;
    }

    private static SchemaField of(String name, Said said, JsonNode property, JsonNode value) {
        JsonNode shown = value.isMissingNode() || value.isNull() ? property.path("default") : value;
        boolean secret = said.kind() == Kind.SECRET;
        return new SchemaField(
                name,
                said,
                secret ? "" : text(said.kind(), shown),
                secret && value.asBoolean(false),
                said.kind() == Kind.OBJECT ? of(property, shown, name + ".") : List.of(),
                said.kind() == Kind.MAPPING ? MappingRow.of(shown) : List.of());
    }

    private static String text(Kind kind, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        } else if (kind == Kind.LIST) {
            List<String> lines = new ArrayList<>();
            value.forEach(each -> lines.add(each.asText()));
            return String.join("\n", lines);
        }
        return value.isValueNode() ? value.asText() : value.toPrettyString();
    }

    /** Returns the name of the property within the one around it. */
    private String ownName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Returns the rows of a mapping, with one to begin with. */
    List<MappingRow> rowsToFill() {
        return rows.isEmpty() ? List.of(MappingRow.EMPTY) : rows;
    }

    /** Returns the field as it was typed. */
    SchemaField typed(Form form, String order) {
        String at = PREFIX + name;
        return new SchemaField(
                name,
                said,
                said.kind() == Kind.FLAG ? (form.has(at) ? "true" : "false") : form.raw(at),
                isSet,
                parts.stream().map(part -> part.typed(form, order)).toList(),
                MappingRow.changed(MappingRow.of(form, at), at, order));
    }

    /** Puts what the form has for this property where the API wants it; what is empty there takes its default. */
    void put(Form form, ObjectNode properties) {
        String at = PREFIX + name;
        String given = said.kind() == Kind.TEMPLATE ? form.raw(at) : form.get(at);
        switch (said.kind()) {
            case FLAG -> {
                if (given.isEmpty() == said.usual().equals("true")) {
                    properties.put(ownName(), !given.isEmpty());
                } else {
                    properties.remove(ownName());
                }
            }
            case MAPPING -> {
                ObjectNode mapping = MappingRow.json(MappingRow.of(form, at));
                if (mapping.isEmpty()) {
                    properties.remove(ownName());
                } else {
                    properties.set(ownName(), mapping);
                }
            }
            case OBJECT -> {
                ObjectNode inner = Answer.JSON.createObjectNode();
                parts.forEach(part -> part.put(form, inner));
                if (inner.isEmpty()) {
                    properties.remove(ownName());
                } else {
                    properties.set(ownName(), inner);
                }
            }
            default -> {
                if (!given.isBlank()) {
                    properties.set(ownName(), read(given));
                } else if (said.kind() != Kind.SECRET) {
                    properties.remove(ownName()); // an absent secret is kept
                }
            }
        }
    }

    /** Returns a value of the right kind, or the text as it was typed: then the API says that it is none. */
    private JsonNode read(String given) {
        return switch (said.kind()) {
            case NUMBER, CHOICE -> said.numbers() ? number(given) : text(given);
            case LIST -> {
                ArrayNode list = Answer.JSON.createArrayNode();
                given.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .forEach(line -> list.add(said.numbers() ? number(line) : text(line)));
                yield list;
            }
            case JSON -> {
                try {
                    yield Answer.JSON.readTree(given);
                } catch (JsonProcessingException e) {
                    yield text(given);
                }
            }
            default -> text(given);
        };
    }

    private static JsonNode text(String typed) {
        return JsonNodeFactory.instance.textNode(typed);
    }

    private static JsonNode number(String typed) {
        try {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(typed));
        } catch (NumberFormatException e) {
            return text(typed);
        }
    }

    /** Returns what is said of this field; null for nothing. */
    @Nullable String wrong(Map<String, String> errors) {
        String at = "properties." + name;
        return errors.entrySet().stream()
                .filter(each -> each.getKey().equals(at)
                        || each.getKey().startsWith(at + ".")
                        || each.getKey().startsWith(at + "["))
                .map(each -> each.getKey().equals(at)
                        ? each.getValue()
                        : each.getKey().substring("properties.".length()) + " " + each.getValue())
                .findFirst()
                .orElse(null);
    }
}
