package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.mobileapiconnect.bridge.message.Decoded;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that somebody wants, read as a stream. Everything else in it is skipped, whatever it
 * holds. Of a field that stands there twice, the last one counts.
 */
public final class PhoneObject {

    /** The object without fields. */
    static final PhoneObject NONE = new PhoneObject();

    private static final Inner NO_INNER = (name, value) -> false;
    /** Stands for a value that is a truth value, an object, a list or a number of twenty digits. */
    private static final Object OTHER = new Object();

    private final String[] names;
    private final @Nullable Object[] values;

    private PhoneObject(String... names) {
        this.names = names;
        this.values = new @Nullable Object[names.length];
    }

    /** Reads fields that hold more than a text or number. */
    @FunctionalInterface
    public interface Inner {

        /** Reads a value to its end and returns true, or leaves it alone and returns false. */
        boolean read(String name, JsonParser value) throws IOException;
    }

    /** Reads the object at which the parser stands, to its end; anything else is read as an object without fields. */
    public static PhoneObject read(JsonParser json, String... names) throws IOException {
        return read(json, NO_INNER, names);
    }

    /** Reads the object at which the parser stands; each field is offered to {@code inner} first. */
    public static PhoneObject read(JsonParser json, Inner inner, String... names) throws IOException {
        if (!json.isExpectedStartObjectToken()) {
            json.skipChildren();
            return NONE;
        }
        PhoneObject object = new PhoneObject(names);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (!inner.read(name, json)) {
                int at = object.indexOf(name);
                if (at < 0) {
                    json.skipChildren();
                } else {
                    object.values[at] = value(json);
                }
            }
        }
        return object;
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> MendedJson.isAtMended(json) ? new Decoded(json.getText(), true) : json.getText();
            case VALUE_NUMBER_INT -> json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? OTHER : whole(json);
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            default -> {
                json.skipChildren();
                yield OTHER;
            }
        };
    }

    private static Number whole(JsonParser json) throws IOException {
        boolean small = json.getNumberType() == JsonParser.NumberType.INT;
        return small ? (Number) json.getIntValue() : (Number) json.getLongValue();
    }

    private int indexOf(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns whether the field is there and not null. */
    public boolean has(String name) {
        return get(name) != null;
    }

    /** Returns the field if it is a text. */
    public @Nullable String text(String name) {
        Object value = get(name);
        return value instanceof Decoded mended ? mended.text() : value instanceof String text ? text : null;
    }

    @Nullable Decoded decoded(String name) {
        Object value = get(name);
        return value instanceof Decoded mended
                ? mended
                : value instanceof String text ? new Decoded(text, false) : null;
    }

    /** Returns whether the field is a text whose bytes were no UTF-8. */
    public boolean isMended(String name) {
        return get(name) instanceof Decoded;
    }

    /** Returns the field if it is a text or a number, which is then written without an exponent. */
    public @Nullable String textOrNumber(String name) {
        Object value = get(name);
        if (value instanceof Double number) {
            return Double.isFinite(number) ? BigDecimal.valueOf(number).toPlainString() : null;
        }
        return value instanceof Number number ? number.toString() : text(name);
    }

    /** Returns whether the field is a whole number, however large. */
    public boolean isWhole(String name) {
        Object value = get(name);
        return value instanceof Integer || value instanceof Long;
    }

    /** Returns the field if it is a number without a fraction. */
    public @Nullable Integer integer(String name) {
        return get(name) instanceof Integer number ? number : null;
    }

    /** Returns the field if it is a number, without its fraction. */
    @Nullable Integer truncated(String name) {
        Object value = get(name);
        if (value instanceof Double number) {
            return number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE ? (Integer) number.intValue() : null;
        }
        return integer(name);
    }

    private @Nullable Object get(String name) {
        int at = indexOf(name);
        return at < 0 ? null : values[at];
    }
}
