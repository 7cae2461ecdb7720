package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonFlaw;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.gateway.PhoneJson;
import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.WellFormed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the bridge's own JSON of captured messages: a single message, or a backlog of up to 500. */
@Component
class Capture {

    static final int MAX_SINGLE_BYTES = 1 << 20;
    private static final int MAX_BACKLOG = 500;
    private static final int MAX_REF = 256;

    private final MessageMaker maker;

    Capture(MessageMaker maker) {
        this.maker = maker;
    }

    /**
     * Returns all messages, or throws a 400, 413 or 422 {@link Problem} that names each bad field. Unknown fields are
     * ignored.
     */
    List<InboundMessage> read(byte[] body, Device device) {
        JsonNode json = json(body);
        if (!json.isObject()) {
            throw Problem.badRequest("The body must be a JSON object.");
        }
        if (json.hasNonNull("messages")) {
            return backlog(json.get("messages"), device);
        }
        if (body.length > MAX_SINGLE_BYTES) {
            throw tooLarge();
        }
        List<Problem.FieldError> errors = new ArrayList<>();
        InboundMessage message = message(json, "", errors, device);
        refuse(errors);
        return List.of(message);
    }

    private static JsonNode json(byte[] body) {
        try {
            return PhoneJson.read(body);
        } catch (JacksonException e) {
            throw body.length > MAX_SINGLE_BYTES
                    ? tooLarge()
                    : Problem.badRequest("The body is not JSON in UTF-8: " + JsonFlaw.of(e));
        }
    }

    private static Problem tooLarge() {
        return Problem.tooLarge("The body is over 1 MiB and no backlog.");
    }

    private List<InboundMessage> backlog(JsonNode array, Device device) {
        if (!array.isArray() || array.isEmpty() || array.size() > MAX_BACKLOG) {
            throw Problem.invalid("messages", "must be a list of 1 to " + MAX_BACKLOG + " messages");
        }
        List<Problem.FieldError> errors = new ArrayList<>();
        List<InboundMessage> messages = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            String path = "messages[" + i + "]";
            if (array.get(i).isObject()) {
                messages.add(message(array.get(i), path + ".", errors, device));
            } else {
                errors.add(new Problem.FieldError(path, "must be an object"));
            }
        }
        refuse(errors);
        return messages;
    }

    private static void refuse(List<Problem.FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private InboundMessage message(JsonNode json, String path, List<Problem.FieldError> errors, Device device) {
        Fields fields = Fields.of(json, path, errors);
        String phoneId = emptyIsNone(fields.text("id", InboundMessage.MAX_PHONE_ID));
        String from = number(fields, "from", true);
        String givenTo = number(fields, "to", false);
        String givenText = text(fields);
        String ref = fields.text("ref", MAX_REF);
        Integer sim = fields.optionalInteger("sim", 0, InboundMessage.MAX_SIM);
        Instant receivedAt = fields.time("receivedAt");

        InboundMessage message = maker.message(
                device, new Received.Captured(phoneId, from == null ? "" : from, givenTo, givenText, sim, receivedAt));
        return ref == null ? message : message.withRef(WellFormed.of(ref));
    }

    /** Treats an empty id as none, because some phones send that. */
    private static @Nullable String emptyIsNone(@Nullable String id) {
        return id == null || id.isEmpty() ? null : id;
    }

    private static @Nullable String number(Fields fields, String name, boolean required) {
        String number = fields.text(name, InboundMessage.MAX_NUMBER);
        if (number == null) {
            if (required && fields.raw(name) == null) {
                fields.wrong(name, "must be given");
            }
            return null;
        }
        if (number.isEmpty()) {
            if (required) {
                fields.wrong(name, "must be 1 to " + InboundMessage.MAX_NUMBER + " characters");
            }
            return null;
        }
        if (Fields.hasControls(number)) {
            fields.wrong(name, "must not contain control characters");
        }
        return number;
    }

    private static String text(Fields fields) {
        JsonNode node = fields.raw("text");
        if (node == null) {
            fields.wrong("text", "must be given, but may be empty");
            return "";
        }
        if (!node.isTextual()) {
            fields.wrong("text", "must be a string");
            return "";
        }
        String text = node.textValue();
        int characters = text.codePointCount(0, text.length());
        if (characters > InboundMessage.MAX_TEXT) {
            fields.wrong("text", "must have at most " + InboundMessage.MAX_TEXT + " characters; it has " + characters);
            return "";
        }
        return text;
    }
}
