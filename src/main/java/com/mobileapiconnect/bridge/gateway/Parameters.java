package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.message.Decoded;
import java.io.ByteArrayOutputStream;
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

    record Field(String name, byte[] value) {

        String text() {
            return Decoded.utf8(value).text();
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
                fields.add(new Field(name, unescape(encoded, Math.min(nameEnd + 1, end), end)));
            }
            start = end + 1;
        }
        return new Parameters(fields);
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
        byte[] value = bytes(name);
        return value == null ? null : Decoded.utf8(value);
    }

    byte @Nullable [] bytes(String name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return field.value();
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
