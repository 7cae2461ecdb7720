package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/** Finds one value in a receiver's answer, which may be cut, hostile, or no JSON at all. No tree is built. */
final class AnswerValue {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    // Names are not interned: those that a receiver makes up would stay in the table of the whole process.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private AnswerValue() {}

    /**
     * Returns the value at a place, an empty object or list for one that has parts; a missing node if there is none in
     * what is readable of the answer.
     */
    static JsonNode at(JsonPointer place, String answer) {
        boolean marked = !answer.isEmpty() && answer.charAt(0) == BYTE_ORDER_MARK;
        try (JsonParser json = JSON.createParser(marked ? answer.substring(1) : answer)) {
            json.nextToken();
            JsonPointer rest = place;
            while (!rest.matches()) {
                if (!enter(json, rest)) {
                    return MissingNode.getInstance();
                }
                rest = rest.tail();
            }
            return value(json);
        } catch (IOException | ArithmeticException | NumberFormatException e) {
            // A number beyond what any number can be is found out when it is asked for.
            return MissingNode.getInstance();
        }
    }

    /** Goes to the part that the pointer's first step names; returns false if there is none. */
    private static boolean enter(JsonParser json, JsonPointer rest) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean named = json.currentName().equals(rest.getMatchingProperty());
                json.nextToken();
                if (named) {
                    return true;
                }
                json.skipChildren();
            }
        } else if (json.currentToken() == JsonToken.START_ARRAY && rest.mayMatchElement()) {
            for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
                if (i == rest.getMatchingIndex()) {
                    return true;
                }
                json.skipChildren();
            }
        }
        return false;
    }

    private static JsonNode value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) {
            return MissingNode.getInstance();
        }
        return switch (token) {
            case START_OBJECT -> NODES.objectNode();
            case START_ARRAY -> NODES.arrayNode();
            case VALUE_STRING -> NODES.textNode(json.getText());
            case VALUE_NUMBER_INT -> NODES.numberNode(json.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(json.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> MissingNode.getInstance();
        };
    }
}
