package com.mobileapiconnect.bridge.message;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the JSON that receivers get, with keys in the contract's order. The JSON is a function of the stored message
 * alone, so every attempt sends the same bytes.
 */
public final class Payload {

    public static final String EVENT = "message.received";

    private Payload() {}

    /** @param ruleId omitted from the JSON if null */
    public static byte[] of(StoredMessage stored, @Nullable String ruleId) {
        return of(stored, ruleId, null);
    }

    /**
     * @param ruleId omitted from the JSON if null
     * @param carried a JSON object whose fields come last; null for none
     */
    public static byte[] of(StoredMessage stored, @Nullable String ruleId, @Nullable String carried) {
        InboundMessage message = stored.message();
        ByteArrayOutputStream out =
                new ByteArrayOutputStream(384 + message.text().length());
        try (JsonGenerator json = WireJson.FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("event", EVENT);
            json.writeStringField("from", message.from());
            text(json, "to", message.to());
            json.writeStringField("text", message.text());
            text(json, "ref", message.ref());
            json.writeStringField("receivedAt", WireTime.format(message.receivedAt()));
            json.writeStringField("deviceId", message.deviceId());
            json.writeStringField("tenantId", message.tenantId());
            json.writeStringField("tenantName", stored.tenantName());
            if (ruleId != null) {
                json.writeStringField("matchedRuleId", ruleId);
            }
            if (carried != null) {
                json.writeRaw("," + carried.substring(1, carried.length() - 1));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed for " + message.id(), e);
        }
        return out.toByteArray();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }
}
