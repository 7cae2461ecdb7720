package com.mobileapiconnect.bridge.erp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Texts that XML can hold: systems that are built on it refuse a whole record for one control character in an SMS. */
public final class XmlText {

    private static final int REPLACEMENT = 0xFFFD;

    private XmlText() {}

    public static boolean isCharacter(int c) {
        return (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000 || isLayout(c);
    }

    private static boolean isLayout(int c) {
        return c == '\t' || c == '\n' || c == '\r';
    }

    /** Returns a copy with each character that XML cannot hold replaced by U+FFFD. */
    public static ObjectNode of(ObjectNode record) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        record.properties().forEach(field -> copy.set(field.getKey(), of(field.getValue())));
        return copy;
    }

    private static JsonNode of(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return of(object);
        } else if (value.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            value.forEach(each -> copy.add(of(each)));
            return copy;
        }
        return value.isTextual() ? JsonNodeFactory.instance.textNode(of(value.textValue())) : value;
    }

    static String of(String text) {
        if (text.codePoints().allMatch(XmlText::isCharacter)) {
            return text;
        }
        return text.codePoints()
                .map(c -> isCharacter(c) ? c : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
