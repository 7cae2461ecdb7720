package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.gateway.Received.Captured;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of SMS Backup &amp; Restore as a stream: {@code sms} elements, and of {@code mms} their text. There is no
 * document type, no entity and nothing that would be fetched. The app writes an emoji as two references that XML does not
 * allow; they become the emoji.
 */
final class BackupXml {

    private static final Pattern REFERENCE = Pattern.compile("&#(x[0-9a-fA-F]{1,6}|[0-9]{1,7});(?:&#([0-9]{5});)?");
    private static final String RECEIVED = "1";
    private static final String FROM = "137"; // the type of an address in an MMS

    private final XMLStreamReader xml;
    private final BackupReading reading;

    private BackupXml(XMLStreamReader xml, BackupReading reading) {
        this.xml = xml;
        this.reading = reading;
    }

    static void read(String file, BackupReading reading) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((id, system, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        try {
            new BackupXml(factory.createXMLStreamReader(new StringReader(mended(file))), reading).readAll();
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw Problem.invalid("body", "must be XML of SMS Backup & Restore; line " + line + " is not XML");
        }
    }

    /** Joins the halves of characters, and replaces references to characters that XML does not have. */
    private static String mended(String file) {
        Matcher matcher = REFERENCE.matcher(file);
        StringBuilder mended = new StringBuilder(file.length());
        while (matcher.find()) {
            matcher.appendReplacement(mended, Matcher.quoteReplacement(character(matcher)));
        }
        return matcher.appendTail(mended).toString();
    }

    private static String character(Matcher reference) {
        String first = reference.group(1);
        int one = first.startsWith("x") ? Integer.parseInt(first.substring(1), 16) : Integer.parseInt(first);
        String second = reference.group(2);
        int two = second == null ? 0 : Integer.parseInt(second);
        boolean pair = one < Character.MIN_SUPPLEMENTARY_CODE_POINT
                && two < Character.MIN_SUPPLEMENTARY_CODE_POINT
                && Character.isSurrogatePair((char) one, (char) two);
        if (pair) {
            return Character.toString(Character.toCodePoint((char) one, (char) two));
        }
        return plain(one, "&#" + first + ";") + (second == null ? "" : plain(two, "&#" + second + ";"));
    }

    private static String plain(int codePoint, String reference) {
        boolean control = codePoint < ' ' && codePoint != '\n' && codePoint != '\r' && codePoint != '\t';
        boolean none = codePoint > Character.MAX_CODE_POINT
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)
                || codePoint == 0xFFFE
                || codePoint == 0xFFFF;
        return control || none ? "\uFFFD" : reference;
    }

    private void readAll() throws XMLStreamException {
        boolean found = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw Problem.invalid("body", "must have no document type and no entities");
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                found |= xml.getLocalName().equals("smses");
                if (!found) {
                    throw Problem.invalid(
                            "body", "must begin with the element smses, as SMS Backup & Restore writes it");
                }
                element();
            }
        }
    }

    private void element() throws XMLStreamException {
        if (xml.getLocalName().equals("sms")) {
            reading.next();
            sms();
        } else if (xml.getLocalName().equals("mms")) {
            reading.next();
            mms();
        }
    }

    private void sms() {
        if (!RECEIVED.equals(value("type"))) {
            reading.other();
            return;
        }
        String text = value("body");
        if (text == null) {
            reading.refuse("has no body");
        } else {
            reading.add(captured(value("address"), text));
        }
    }

    private Captured captured(@Nullable String from, String text) {
        return new Captured(null, from, null, text, null, value("date"), false);
    }

    /** Takes the texts of an MMS that came in; its pictures are left out. */
    private void mms() throws XMLStreamException {
        boolean received = RECEIVED.equals(value("msg_box"));
        Captured head = captured(value("address"), "");
        String from = head.from();
        StringBuilder text = new StringBuilder();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("mms")) {
                break;
            } else if (event == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("part")) {
                String part = value("text");
                if (part != null && "text/plain".equals(value("ct"))) {
                    text.append(text.isEmpty() ? "" : "\n").append(part);
                }
            } else if (event == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("addr")
                    && FROM.equals(value("type"))) {
                from = value("address");
            }
        }
        if (!received) {
            reading.other();
        } else {
            reading.add(new Captured(null, from, null, text.toString(), null, head.at(), false));
        }
    }

    /** Returns an attribute; the app writes {@code null} for none. */
    private @Nullable String value(String attribute) {
        String value = xml.getAttributeValue(null, attribute);
        return value == null || value.equals("null") ? null : value;
    }
}
