package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Times;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.gateway.PhoneObject;
import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.WellFormed;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a captured message in the bridge's own JSON. An invalid field reads as left out; the message
 * must then not be used.
 *
 * @param path   prefix of fields in errors: empty, or with a dot at its end
 * @param errors receives every mistake
 */
record CapturedFields(PhoneObject json, String path, List<Problem.FieldError> errors) {

    private static final String[] NAMES = {"id", "from", "to", "text", "ref", "sim", "receivedAt"};
    private static final int MAX_REF = 256;
    private static final int MAX_TIME = 40;

    /** Reads the object at which the parser stands; each field is offered to {@code inner} first. */
    static PhoneObject read(JsonParser json, PhoneObject.Inner inner) throws IOException {
        return PhoneObject.read(json, inner, NAMES);
    }

    static PhoneObject read(JsonParser json) throws IOException {
        return PhoneObject.read(json, NAMES);
    }

    InboundMessage message(Device device, MessageMaker maker) {
        String phoneId = emptyIsNone(text("id", InboundMessage.MAX_PHONE_ID));
        String from = number("from", true);
        String to = number("to", false);
        String text = text();
        String ref = text("ref", MAX_REF);
        InboundMessage message = maker.message(
                device, new Received.Captured(phoneId, from == null ? "" : from, to, text, sim(), receivedAt()));
        return ref == null ? message : message.withRef(WellFormed.of(ref));
    }

    /** Treats an empty id as none, because some phones send that. */
    private static @Nullable String emptyIsNone(@Nullable String id) {
        return id == null || id.isEmpty() ? null : id;
    }

    private @Nullable String text(String name, int max) {
        String value = json.text(name);
        String flaw = value != null ? Fields.tooLong(value, max) : json.has(name) ? Fields.NO_TEXT : null;
        if (flaw != null) {
            wrong(name, flaw);
            return null;
        }
        return value;
    }

    private @Nullable String number(String name, boolean required) {
        String number = text(name, InboundMessage.MAX_NUMBER);
        if (number == null) {
            if (required && !json.has(name)) {
                wrong(name, "must be given");
            }
            return null;
        }
        if (number.isEmpty()) {
            if (required) {
                wrong(name, "must be 1 to " + InboundMessage.MAX_NUMBER + " characters");
            }
            return null;
        }
        if (Fields.hasControls(number)) {
            wrong(name, "must not contain control characters");
        }
        return number;
    }

    private String text() {
        if (!json.has("text")) {
            wrong("text", "must be given, but may be empty");
        }
        String text = text("text", InboundMessage.MAX_TEXT);
        return text == null ? "" : text;
    }

    private @Nullable Integer sim() {
        Integer sim = json.integer("sim");
        if (sim == null ? json.has("sim") : sim < 0 || sim > InboundMessage.MAX_SIM) {
            wrong("sim", Fields.noInteger(0, InboundMessage.MAX_SIM));
            return null;
        }
        return sim;
    }

    private @Nullable Instant receivedAt() {
        String text = text("receivedAt", MAX_TIME);
        Instant at = text == null ? null : Times.parse(text);
        if (text != null && at == null) {
            wrong("receivedAt", Times.FORM);
        }
        return at;
    }

    private void wrong(String name, String message) {
        errors.add(new Problem.FieldError(path + name, message));
    }
}
