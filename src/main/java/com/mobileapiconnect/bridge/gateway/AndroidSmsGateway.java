package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.api.Times;
import com.mobileapiconnect.bridge.gateway.Received.StatusOf;
import com.mobileapiconnect.bridge.message.Attachment;
import com.mobileapiconnect.bridge.message.Decoded;
import com.mobileapiconnect.bridge.message.PhoneTime;
import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The Android app of that name: its webhooks, and its local mode to push to. */
@Component
class AndroidSmsGateway implements Gateway.Signing, Gateway.Pushing {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int CONFLICT = 409;
    private static final String[] PAYLOAD = {
        "messageId",
        "message",
        "body",
        "subject",
        "sender",
        "phoneNumber",
        "recipient",
        "receivedAt",
        "simNumber",
        "reason"
    };
    private static final GatewayAnswer TAKEN = GatewayAnswer.of("application/json", "{}");

    private final Clock clock;

    AndroidSmsGateway(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "android-sms-gateway";
    }

    /**
     * Checks the signature of body and time, which the app makes at each attempt, so that a recorded request is good
     * for minutes only.
     */
    @Override
    public @Nullable String flaw(GatewayRequest request, Redacted key) {
        String timestamp = request.header("X-Timestamp");
        String signature = request.header("X-Signature");
        if (timestamp == null || signature == null) {
            return "X-Signature and X-Timestamp must be given: the device has a signing key.";
        } else if (!isFresh(timestamp)) {
            return "X-Timestamp must be seconds since 1970, within 5 minutes of now.";
        }
        Mac mac = Hmac.keyed(key.reveal().getBytes(StandardCharsets.UTF_8));
        mac.update(request.body());
        mac.update(timestamp.getBytes(StandardCharsets.UTF_8));
        return Hmac.equal(HexFormat.of().formatHex(mac.doFinal()), signature)
                ? null
                : "X-Signature must be the lowercase hex HMAC-SHA256 of the body and X-Timestamp under the device's"
                        + " signing key.";
    }

    private boolean isFresh(String timestamp) {
        Instant at = Times.ofSeconds(timestamp);
        return at != null && Duration.between(at, clock.instant()).abs().compareTo(WINDOW) <= 0;
    }

    /** A webhook of the app, as far as it matters here. */
    private record Event(PhoneObject head, PhoneObject payload, List<Attachment> attachments) {

        static Event read(JsonParser json) throws IOException {
            PhoneObject[] payload = {PhoneObject.NONE};
            List<Attachment> attachments = new ArrayList<>();
            PhoneObject head = PhoneObject.read(
                    json,
                    (name, value) -> {
                        boolean mine = name.equals("payload");
                        payload[0] = mine ? readPayload(value, attachments) : payload[0];
                        return mine;
                    },
                    "event",
                    "id");
            return new Event(head, payload[0], attachments);
        }

        private static PhoneObject readPayload(JsonParser json, List<Attachment> attachments) throws IOException {
            return PhoneObject.read(
                    json,
                    (name, value) -> {
                        boolean mine = name.equals("attachments");
                        if (mine) {
                            attachments.addAll(Attachments.read(value, "contentType", "name", "url"));
                        }
                        return mine;
                    },
                    PAYLOAD);
        }
    }

    @Override
    public Received receive(GatewayRequest request) {
        Event event = request.json(Event::read);
        String name = event == null ? null : event.head().text("event");
        if (event == null || name == null) {
            return new Received.Unparsed("The body is no JSON object with an event");
        }
        return switch (name) {
            case "sms:received" -> captured(event, event.payload().decoded("message"));
            case "mms:received", "mms:downloaded" ->
                Received.mms(captured(event, textOfMms(event.payload())), event.attachments());
            case "sms:sent" -> status(event.payload(), StatusOf.Status.SENT);
            case "sms:delivered" -> status(event.payload(), StatusOf.Status.DELIVERED);
            case "sms:failed" -> status(event.payload(), StatusOf.Status.FAILED);
            default -> Received.NOTHING;
        };
    }

    /**
     * The event's id is a new one for each webhook and each time that the app comes across the SMS again; the message's
     * is a short hash of it, which tells repeats together with sender and text.
     */
    private Received captured(Event event, @Nullable Decoded text) {
        PhoneObject payload = event.payload();
        String receivedAt = payload.textOrNumber("receivedAt");
        boolean timed = receivedAt != null && PhoneTime.read(receivedAt, ZoneOffset.UTC, clock.instant()) != null;
        String messageId = payload.text("messageId");
        Decoded sender = payload.decoded("sender");
        return Received.captured(
                messageId == null && !timed ? event.head().text("id") : messageId,
                sender == null ? payload.decoded("phoneNumber") : sender, // as older apps have it
                payload.text("recipient"),
                text,
                payload.truncated("simNumber"),
                receivedAt);
    }

    /** Returns the text, or the subject, which is all before the download; pictures alone have neither. */
    private static Decoded textOfMms(PhoneObject payload) {
        Decoded body = payload.decoded("body");
        Decoded subject = payload.decoded("subject");
        if (body != null && !body.text().isEmpty()) {
            return body;
        }
        return subject == null ? new Decoded("", false) : subject;
    }

    private static Received status(PhoneObject payload, StatusOf.Status status) {
        String id = payload.text("messageId");
        return id == null
                ? new Received.Unparsed("The event names no message")
                : new StatusOf(id, status, payload.text("reason"));
    }

    /** Any 2xx will do; otherwise the app tries again, up to 15 times. */
    @Override
    public GatewayAnswer receipt(Received received) {
        return TAKEN;
    }

    @Override
    public List<TransportSetting> settings() {
        return List.of(TransportSetting.url(), TransportSetting.text("username"), TransportSetting.secret("password"));
    }

    @Override
    public Push push(Sms sms, TransportValues settings) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", sms.id());
        json.putObject("textMessage").put("text", sms.text());
        json.putArray("phoneNumbers").add(Sms.international(sms.to()));
        if (sms.sim() != null) {
            json.put("simNumber", sms.sim());
        }
        return Push.Post.json(
                URI.create(settings.text("url")),
                Push.basic(settings.text("username"), settings.text("password")),
                json.toString());
    }

    /** The app knows the id of every SMS that it was given. */
    @Override
    public boolean hadBefore(int status) {
        return status == CONFLICT;
    }
}
