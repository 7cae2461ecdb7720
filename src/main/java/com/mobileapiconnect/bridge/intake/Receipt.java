package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.mobileapiconnect.bridge.message.InboundMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The answer to a phone about the messages that it sent: {@code {"messages":[{"id","phoneId","duplicate"}]}}. */
final class Receipt {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int BYTES_PER_LINE = 100;

    private Receipt() {}

    static byte[] of(List<Accepted> accepted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(BYTES_PER_LINE * (accepted.size() + 1));
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("messages");
            for (Accepted each : accepted) {
                InboundMessage message = each.message();
                json.writeStartObject();
                json.writeStringField("id", message.id());
                json.writeStringField("phoneId", message.phoneId()); // null is written as null
                json.writeBooleanField("duplicate", each.duplicate());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return out.toByteArray();
    }
}
