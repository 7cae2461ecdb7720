package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.mobileapiconnect.bridge.message.Decoded;
import com.mobileapiconnect.bridge.message.JsonBuffers;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON from phones as a stream: leniently where apps are sloppy, within bounds where they are hostile. No tree is
 * built, so that a body costs memory in proportion to its bytes, whatever they say.
 */
public final class PhoneJson {

    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 100;
    // Names are not interned: those that a hostile body makes up would stay in the table of the whole process.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .recyclerPool(JsonBuffers.POOL)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private PhoneJson() {}

    /** Reads the fields of the object at which the parser stands. */
    @FunctionalInterface
    public interface Reader<T> {

        T read(JsonParser object) throws IOException;
    }

    /**
     * Reads an object to the end of the body; null if the body is JSON of another kind, or empty. Texts that are no UTF-8
     * are read as well as can be: see {@link PhoneObject#isMended}.
     */
    public static <T> @Nullable T object(byte[] json, Reader<T> reader) throws JacksonException {
        try (JsonParser parser = MendedJson.isNeeded(json) ? MendedJson.parser(json, JSON) : JSON.createParser(json)) {
            return object(parser, reader);
        } catch (JacksonException e) {
            throw e;
        } catch (CharConversionException e) {
            throw new JsonParseException(null, "it has an encoding that nobody uses", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
    }

    private static <T> @Nullable T object(JsonParser parser, Reader<T> reader) throws IOException {
        JsonToken first = parser.nextToken();
        T read = null;
        if (first == JsonToken.START_OBJECT) {
            read = reader.read(parser);
        } else if (first != null) {
            parser.skipChildren();
        }
        if (first != null && parser.nextToken() != null) {
            throw new JsonParseException(parser, "Trailing token");
        }
        return read;
    }

    /**
     * Reads the value at which the parser stands to its end, and returns it if it is a text, a number or a truth value.
     * A number is written without an exponent.
     */
    static @Nullable Decoded scalar(JsonParser json, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> new Decoded(json.getText(), MendedJson.isAtMended(json));
            case VALUE_NUMBER_INT, VALUE_TRUE, VALUE_FALSE -> new Decoded(json.getText(), false);
            case VALUE_NUMBER_FLOAT -> {
                double number = json.getDoubleValue();
                yield Double.isFinite(number)
                        ? new Decoded(BigDecimal.valueOf(number).toPlainString(), false)
                        : null;
            }
            default -> {
                json.skipChildren();
                yield null;
            }
        };
    }
}
