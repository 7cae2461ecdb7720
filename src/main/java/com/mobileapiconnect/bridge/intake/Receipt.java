package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.JsonBuffers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.http.HttpStatus;

/**
 * The answer to a phone about the messages that it sent: {@code {"messages":[{"id","phoneId","duplicate"}]}}, where one
 * that was not taken has an {@code error} in place of an id.
 */
final class Receipt {

    private static final JsonFactory JSON =
            JsonFactory.builder().recyclerPool(JsonBuffers.POOL).build();
    private static final int BYTES_PER_LINE = 100;

    private Receipt() {}

    /**
     * @param accepted the good messages of a request
     * @param bad      the others
     */
    static byte[] of(List<Accepted> accepted, List<Captures.Bad> bad) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(BYTES_PER_LINE * (accepted.size() + bad.size() + 1));
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("messages");
            int refused = 0;
            int taken = 0;
            while (refused < bad.size() || taken < accepted.size()) {
                boolean isBad = refused < bad.size()
                        && (taken == accepted.size() || bad.get(refused).place() == refused + taken);
                if (isBad) {
                    write(json, bad.get(refused++));
                } else {
                    write(json, accepted.get(taken++));
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Accepted accepted) throws IOException {
        InboundMessage message = accepted.message();
        json.writeStartObject();
        json.writeStringField("id", message.id());
        json.writeStringField("phoneId", message.phoneId()); // null is written as null
        json.writeBooleanField("duplicate", accepted.duplicate());
        json.writeEndObject();
    }

    /** The error is the problem that the message would be alone. */
    private static void write(JsonGenerator json, Captures.Bad bad) throws IOException {
        json.writeStartObject();
        json.writeStringField("phoneId", bad.phoneId());
        json.writeObjectFieldStart("error");
        json.writeNumberField("status", HttpStatus.UNPROCESSABLE_ENTITY.value());
        json.writeStringField("detail", Problem.invalid(bad.errors()).getMessage());
        json.writeArrayFieldStart("errors");
        for (Problem.FieldError error : bad.errors()) {
            json.writeStartObject();
            json.writeStringField("field", error.field());
            json.writeStringField("message", error.message());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }
}
