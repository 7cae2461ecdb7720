package com.mobileapiconnect.bridge.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.XmlText;
import java.io.StringReader;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Writes XML, and checks templates of it. */
final class Xml {

    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_.-]{0,127}");
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private Xml() {}

    /** Escapes a value for a text or an attribute. Characters that no XML can have become a replacement character. */
    static String escaped(String value) {
        StringBuilder out = new StringBuilder(value.length() + 16);
        value.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&apos;");
                // written as they are, a reader would make spaces or line ends of them
                case '\t', '\n', '\r' -> out.append("&#").append(c).append(';');
                default -> out.appendCodePoint(XmlText.isCharacter(c) ? c : 0xFFFD);
            }
        });
        return out.toString();
    }

    /** @throws IllegalArgumentException for a field whose name no element can have */
    static String write(JsonNode fields, String root) {
        StringBuilder xml = new StringBuilder(HEAD);
        element(root, fields, xml);
        return xml.toString();
    }

    private static void element(String name, JsonNode value, StringBuilder xml) {
        if (value.isArray()) {
            value.forEach(each -> element(name, each, xml));
            return;
        } else if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("The field " + name
                    + " cannot be an element of XML: use letters, digits," + " _ - and . after a letter");
        }
        xml.append('<').append(name).append('>');
        if (value.isObject()) {
            value.properties().forEach(field -> element(field.getKey(), field.getValue(), xml));
        } else if (!value.isNull()) {
            xml.append(escaped(text(value)));
        }
        xml.append("</").append(name).append('>');
    }

    /** Returns a value as text; a number without an exponent. */
    static String text(JsonNode value) {
        return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
    }

    /** Checks that each name stands in a text or in the value of an attribute, where it can be nothing else. */
    static void check(String sample, String name, int names) {
        int found = 0;
        try {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(sample));
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.CHARACTERS) {
                    found += count(xml.getText(), name);
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    for (int i = 0; i < xml.getAttributeCount(); i++) {
                        found += count(xml.getAttributeValue(i), name);
                    }
                } else if (event == XMLStreamConstants.DTD) {
                    throw new IllegalArgumentException("must have no document type");
                }
            }
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException(
                    "is no XML (line "
                            + (e.getLocation() == null ? 1 : e.getLocation().getLineNumber()) + ")",
                    e);
        }
        if (found != names) {
            throw new IllegalArgumentException(
                    "can have names in the texts of elements and in the values of attributes;"
                            + " not in names, comments, CDATA or instructions");
        }
    }

    private static int count(String text, String name) {
        int count = 0;
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length())) {
            count++;
        }
        return count;
    }
}
