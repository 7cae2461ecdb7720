package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.gateway.PhoneObject;
import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.WellFormed;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a captured message in the bridge's own JSON. A field of the wrong kind is a mistake of the app, which
 * somebody can mend, and reads as left out; the message must then not be used.
 *
 * @param path   prefix of fields in errors: empty, or with a dot at its end
 * @param errors receives every mistake
 */
record CapturedFields(PhoneObject json, String path, List<Problem.FieldError> errors) {

    private static final String[] NAMES = {"id", "from", "to", "text", "ref", "sim", "receivedAt"};
    private static final int MAX_REF = 256;

    /** Reads the object at which the parser stands; each field is offered to {@code inner} first. */
    static PhoneObject read(JsonParser json, PhoneObject.Inner inner) throws IOException {
        return PhoneObject.read(json, inner, NAMES);
    }

    static PhoneObject read(JsonParser json) throws IOException {
        return PhoneObject.read(json, NAMES);
    }

    /** The phone's own id, as far as it is one; an empty one counts as none, because some phones send that. */
    @Nullable String phoneId() {
        String id = json.text("id");
        return id == null || id.isEmpty() || Fields.tooLong(id, InboundMessage.MAX_PHONE_ID) != null ? null : id;
    }

    InboundMessage message(Device device, MessageMaker maker) {
        text("id", InboundMessage.MAX_PHONE_ID);
        String from = text("from", Integer.MAX_VALUE);
        String to = text("to", Integer.MAX_VALUE);
        String text = text();
        String ref = text("ref", MAX_REF);
        boolean mended = json.isMended("text") || json.isMended("from");
        InboundMessage message =
                maker.ofPhone(device, new Received.Captured(phoneId(), from, to, text, sim(), receivedAt(), mended));
        return ref == null ? message : message.withRef(WellFormed.of(ref));
    }

    private @Nullable String text(String name, int max) {
        String value = json.text(name);
        String flaw = value == null
                ? json.has(name) ? Fields.NO_TEXT : null
                : value.length() > max ? Fields.tooLong(value, max) : null;
        if (flaw != null) {
            wrong(name, flaw);
            return null;
        }
        return value;
    }

    private String text() {
        if (!json.has("text")) {
            wrong("text", "must be given, but may be empty");
        }
        String text = text("text", Integer.MAX_VALUE);
        return text == null ? "" : text;
    }

    /** A number that no slot has is what phones write who do not know the slot. */
    private @Nullable Integer sim() {
        if (json.has("sim") && !json.isWhole("sim")) {
            wrong("sim", Fields.noInteger(0, InboundMessage.MAX_SIM));
        }
        return json.integer("sim");
    }

    /** Returns the time as it was given; any value will do, and at worst cannot be read. */
    private @Nullable String receivedAt() {
        if (!json.has("receivedAt")) {
            return null;
        }
        String given = json.textOrNumber("receivedAt");
        return given == null ? "no text and no number" : given;
    }

    private void wrong(String name, String message) {
        errors.add(new Problem.FieldError(path + name, message));
    }
}
