package com.mobileapiconnect.bridge.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a phone in place of which something else stands in its message, for the reader of the message's story;
 * each is null if it was taken as it came. Long ones are shortened.
 *
 * @param textLength characters of a text of which the end is missing
 */
public record AsSent(
        @Nullable String from,
        @Nullable String to,
        @Nullable String receivedAt,
        @Nullable Integer textLength) {

    private static final int LONGEST = 1_000;
    private static final JsonFactory JSON = new JsonFactory();

    public AsSent {
        from = shortened(from);
        to = shortened(to);
        receivedAt = shortened(receivedAt);
    }

    private static @Nullable String shortened(@Nullable String value) {
        return value == null ? null : WellFormed.of(Graphemes.cut(value, LONGEST));
    }

    /** Returns an object that has what is not null. */
    public String json() {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            write(json, "from", from);
            write(json, "to", to);
            write(json, "receivedAt", receivedAt);
            if (textLength != null) {
                json.writeNumberField("textLength", textLength);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return out.toString();
    }

    private static void write(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
