package com.mobileapiconnect.bridge.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a phone in place of which something else stands in its message, or that have no place there, for the reader
 * of the message's story; each is null if it was taken as it came. Long ones are shortened.
 *
 * @param textLength  characters of a text of which the end is missing
 * @param attachments of an MMS, as far as they are known
 * @param parts       the parts of a long SMS that came, where some are missing
 */
public record AsSent(
        @Nullable String from,
        @Nullable String to,
        @Nullable String receivedAt,
        @Nullable Integer textLength,
        List<Attachment> attachments,
        @Nullable String parts) {

    private static final int LONGEST = 1_000;
    private static final JsonFactory JSON = new JsonFactory();

    public AsSent {
        from = shortened(from);
        to = shortened(to);
        receivedAt = shortened(receivedAt);
        attachments = attachments.stream().limit(Attachment.MOST).toList();
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
            if (!attachments.isEmpty()) {
                json.writeArrayFieldStart("attachments");
                for (Attachment attachment : attachments) {
                    write(json, attachment);
                }
                json.writeEndArray();
            }
            write(json, "parts", parts);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return out.toString();
    }

    private static void write(JsonGenerator json, Attachment attachment) throws IOException {
        json.writeStartObject();
        write(json, "contentType", shortened(attachment.contentType()));
        write(json, "name", shortened(attachment.name()));
        write(json, "url", shortened(attachment.url()));
        if (attachment.size() != null) {
            json.writeNumberField("size", attachment.size());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
