package com.mobileapiconnect.bridge.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the validator's errors into the words of this API. The words quote the schema alone, because a value may be a
 * secret.
 */
final class FaultWords {

    private static final Set<String> OF_ONE_MEMBER =
            Set.of("required", "additionalProperties", "unevaluatedProperties", "propertyNames", "dependentRequired");

    private FaultWords() {}

    /** @param faults texts by path; all alternatives are listed */
    static void add(Error error, Map<String, Set<String>> faults) {
        if (error.getKeyword().equals("oneOf") && error.getArguments()[0].equals("0")) {
            return; // the error of each form is reported separately
        }
        String path = path(error.getInstanceLocation());
        String member = error.getProperty();
        if (member != null && OF_ONE_MEMBER.contains(error.getKeyword())) {
            path = path.isEmpty() ? member : path + "." + member;
        }
        faults.computeIfAbsent(path, any -> new LinkedHashSet<>()).add(words(error));
    }

    private static String path(NodePath location) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object element = location.getElement(i);
            if (element instanceof Integer) {
                path.append('[').append(element).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(element);
            }
        }
        return path.toString();
    }

    private static String words(Error error) {
        JsonNode asked = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "required", "dependentRequired" -> "must be given";
            case "additionalProperties", "unevaluatedProperties" -> "is unknown here";
            case "propertyNames" -> "is not allowed as a name here";
            case "type" -> "must be " + String.join(" or ", types(asked));
            case "enum" -> "must be one of " + String.join(", ", texts(asked));
            case "const" -> "must be " + asked.asText();
            case "minimum" -> "must be at least " + asked.asText();
            case "maximum" -> "must be at most " + asked.asText();
            case "exclusiveMinimum" -> "must be more than " + asked.asText();
            case "exclusiveMaximum" -> "must be less than " + asked.asText();
            case "multipleOf" -> "must be a multiple of " + asked.asText();
            case "minLength" -> "must be at least " + count(asked, "character", "characters");
            case "maxLength" -> "must be at most " + count(asked, "character", "characters");
            case "minItems" -> "must have at least " + count(asked, "entry", "entries");
            case "maxItems" -> "must have at most " + count(asked, "entry", "entries");
            case "minProperties" -> "must have at least " + count(asked, "field", "fields");
            case "maxProperties" -> "must have at most " + count(asked, "field", "fields");
            case "uniqueItems" -> "must not have the same entry twice";
            case "pattern" -> "must match " + asked.asText();
            case "format" -> "must be of the format " + asked.asText();
            case "oneOf" -> "must be exactly one of the forms that the connector takes";
            default -> "does not fit the connector's schema (" + error.getKeyword() + ")";
        };
    }

    private static List<String> types(JsonNode asked) {
        return (asked.isArray() ? texts(asked) : List.of(asked.asText()))
                .stream()
                        .map(type -> switch (type) {
                            case "string" -> "a string";
                            case "integer" -> "a whole number";
                            case "number" -> "a number";
                            case "boolean" -> "true or false";
                            case "object" -> "an object";
                            case "array" -> "a list";
                            default -> type;
                        })
                        .toList();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static String count(JsonNode number, String one, String many) {
        return number.asText() + " " + (number.asInt() == 1 ? one : many);
    }
}
