package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.mobileapiconnect.bridge.message.Decoded;
import com.mobileapiconnect.bridge.message.WellFormed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a form or a query in their order, as bytes: the charset may be a field of its own. */
final class Parameters {

    // More than any gateway sends; the rest is ignored, so that a megabyte of "&" costs little.
    private static final int MOST = 500;

    private final List<Field> fields;

    private Parameters(List<Field> fields) {
        this.fields = fields;
    }

    /** @param mended whether the value had to be made readable already */
    record Field(String name, byte[] value, boolean mended) {

        static Field of(String name, String text, boolean mended) {
            String value = WellFormed.of(text);
            // By identity: WellFormed returns the same object if it changed nothing.
            @SuppressWarnings("ReferenceEquality")
            boolean replaced = mended || value != text;
            return new Field(name, value.getBytes(StandardCharsets.UTF_8), replaced);
        }

        String text() {
            return decoded().text();
        }

        Decoded decoded() {
            Decoded read = Decoded.utf8(value);
            return mended ? new Decoded(read.text(), true) : read;
        }

        /** Reads the value as one that was escaped before the form was made. */
        Field unescapedAgain() {
            String once = new String(value, StandardCharsets.ISO_8859_1);
            return new Field(name, unescape(once, 0, once.length()), mended);
        }
    }

    /** Reads application/x-www-form-urlencoded, as HTML calls it; a character stands for a byte. */
    static Parameters of(String encoded) {
        List<Field> fields = new ArrayList<>();
        for (int start = 0; start < encoded.length() && fields.size() < MOST; ) {
            int end = encoded.indexOf('&', start);
            end = end < 0 ? encoded.length() : end;
            int equals = encoded.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (nameEnd > start) {
                String name = Decoded.utf8(unescape(encoded, start, nameEnd)).text();
                fields.add(new Field(name, unescape(encoded, Math.min(nameEnd + 1, end), end), false));
            }
            start = end + 1;
        }
        return new Parameters(fields);
    }

    /** Reads the texts and numbers of a JSON object as the fields of a form; of anything else, none. */
    static Parameters ofJson(byte[] json) {
        List<Field> fields = new ArrayList<>();
        try {
            PhoneJson.object(json, object -> {
                for (String name = object.nextFieldName(); name != null; name = object.nextFieldName()) {
                    JsonToken token = object.nextToken();
                    Decoded value = PhoneJson.scalar(object, token);
                    if (value != null && fields.size() < MOST) {
                        fields.add(Field.of(name, value.text(), value.mended()));
                    }
                }
                return fields;
            });
        } catch (JacksonException e) {
            fields.clear();
        }
        return new Parameters(fields);
    }

    /** Returns these fields and then the others. */
    Parameters and(Parameters others) {
        List<Field> all = new ArrayList<>(fields);
        all.addAll(others.fields);
        return new Parameters(all);
    }

    /** Returns the same fields, each read as one that was escaped before the form was made. */
    Parameters unescapedAgain() {
        return new Parameters(fields.stream().map(Field::unescapedAgain).toList());
    }

    List<Field> fields() {
        return fields;
    }

    /** The first field of that name, read as UTF-8 as well as can be; null when there is none. */
    @Nullable String text(String name) {
        Decoded value = decoded(name);
        return value == null ? null : value.text();
    }

    @Nullable Decoded decoded(String name) {
        Field field = find(name);
        return field == null ? null : field.decoded();
    }

    byte @Nullable [] bytes(String name) {
        Field field = find(name);
        return field == null ? null : field.value();
    }

    private @Nullable Field find(String name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        return null;
    }

    /** A percent sign that no two hexadecimal digits follow stands for itself. */
    private static byte[] unescape(String text, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < to ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(c == '+' ? ' ' : c);
            }
        }
        return out.toByteArray();
    }
}
