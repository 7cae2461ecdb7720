package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.Flags.Flag;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.MessageId;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.message.WireTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The bridge's own JSON for what a phone captured: one message, or a backlog of up to 500. A step of the route. */
@Component("capture")
public class Capture implements Processor {

    static final int MAX_BACKLOG = 500;
    static final int MAX_SINGLE_BYTES = 1 << 20;
    private static final int MAX_NUMBER = 64;
    private static final int MAX_TEXT = 10_000;
    private static final int MAX_ID = 128;
    private static final int MAX_REF = 256;

    private final Clock clock;

    Capture(Clock clock) {
        this.clock = clock;
    }

    /** The body's JSON becomes the messages. A processor and no bean call, which would cost more than reading does. */
    @Override
    public void process(Exchange exchange) {
        JsonNode body = exchange.getMessage().getBody(JsonNode.class);
        Device device = exchange.getProperty(PhoneEndpoint.DEVICE, Device.class);
        int bytes = exchange.getProperty(PhoneEndpoint.BYTES, Integer.class);
        exchange.getMessage().setBody(read(body, device, bytes));
    }

    /** All of them, or a 422 {@link Problem} that names each bad field. Unknown fields are ignored. */
    List<InboundMessage> read(JsonNode body, Device device, int bytes) {
        if (!body.isObject()) {
            throw Problem.badRequest("The body must be a JSON object.");
        }
        if (body.hasNonNull("messages")) {
            return backlog(body.get("messages"), device);
        }
        if (bytes > MAX_SINGLE_BYTES) {
            throw Problem.tooLarge("One message may take 1 MiB at most.");
        }
        List<Problem.FieldError> errors = new ArrayList<>();
        InboundMessage message = message(body, "", errors, device);
        refuse(errors);
        return List.of(message);
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
        String phoneId = emptyIsNone(fields.text("id", MAX_ID));
        String from = number(fields, "from", true);
        String givenTo = number(fields, "to", false);
        String givenText = text(fields);
        String ref = fields.text("ref", MAX_REF);
        Integer sim = fields.optionalInteger("sim", 0, 9);
        Instant receivedAt = fields.time("receivedAt");

        String sender = WellFormed.of(from == null ? "" : from);
        String text = WellFormed.of(givenText);
        String to = givenTo == null ? device.numberOf(sim) : WellFormed.of(givenTo);
        // By identity: WellFormed gives the same object back when it had nothing to do.
        @SuppressWarnings("ReferenceEquality")
        boolean replaced = text != givenText || (from != null && sender != from);
        String id = phoneId == null ? null : WellFormed.of(phoneId);
        return new InboundMessage(
                MessageId.of(device.id(), id, sender, text),
                device.tenantId(),
                device.id(),
                id,
                sender,
                to,
                text,
                ref == null ? null : WellFormed.of(ref),
                sim,
                receivedAt == null ? WireTime.truncate(clock.instant()) : receivedAt,
                Flags.NONE.with(Flag.TEXT_REPLACED, replaced).with(Flag.TO_UNKNOWN, to == null));
    }

    /** A phone that has no id for a capture may say so with an empty one. */
    private static @Nullable String emptyIsNone(@Nullable String id) {
        return id == null || id.isEmpty() ? null : id;
    }

    private static @Nullable String number(Fields fields, String name, boolean required) {
        String number = fields.text(name, MAX_NUMBER);
        if (number == null) {
            if (required && fields.raw(name) == null) {
                fields.wrong(name, "must be given");
            }
            return null;
        }
        if (number.isEmpty()) {
            if (required) {
                fields.wrong(name, "must be 1 to " + MAX_NUMBER + " characters");
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
            fields.wrong("text", "must be given; it may be empty");
            return "";
        }
        if (!node.isTextual()) {
            fields.wrong("text", "must be a string");
            return "";
        }
        String text = node.textValue();
        int characters = text.codePointCount(0, text.length());
        if (characters > MAX_TEXT) {
            fields.wrong("text", "must be at most " + MAX_TEXT + " characters, this is " + characters);
            return "";
        }
        return text;
    }
}
