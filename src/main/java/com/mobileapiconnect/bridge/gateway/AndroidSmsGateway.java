package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.api.RawBody;
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
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The Android app of that name: its webhooks, and its local mode to push to. */
@Component
class AndroidSmsGateway implements Gateway.Signing, Gateway.Pushing {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int CONFLICT = 409;
    private static final int MOST_OF_BATCH = 500; // the app sends 100 at most
    /** Names of events by which a message comes. */
    private static final Pattern BRINGS = Pattern.compile("received|downloaded");

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

    /** The app sends the files of an MMS along, which are skipped. */
    @Override
    public int largestBody() {
        return RawBody.LARGEST;
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
    private record Event(PhoneObject head, Payload payload, List<Payload> batch) {

        static Event read(JsonParser json) throws IOException {
            Payload[] payload = {new Payload(PhoneObject.NONE, List.of())};
            List<Payload> batch = new ArrayList<>();
            PhoneObject head = PhoneObject.read(
                    json,
                    (name, value) -> {
                        boolean mine = name.equals("payload");
                        payload[0] = mine ? Payload.read(value, batch) : payload[0];
                        return mine;
                    },
                    "event",
                    "id");
            return new Event(head, payload[0], batch);
        }
    }

    /** A message of a webhook: there is one, or a list of them in a batch. */
    private record Payload(PhoneObject fields, List<Attachment> attachments) {

        /** @param batch gets the messages of a list, as far as they may be so many */
        static Payload read(JsonParser json, List<Payload> batch) throws IOException {
            List<Attachment> attachments = new ArrayList<>();
            PhoneObject fields = PhoneObject.read(
                    json,
                    (name, value) -> {
                        if (name.equals("attachments")) {
                            attachments.addAll(Attachments.read(value, "contentType", "name", "url"));
                        } else if (name.equals("messages") && value.isExpectedStartArrayToken()) {
                            while (value.nextToken() != JsonToken.END_ARRAY) {
                                // One more than allowed shows that there are too many.
                                if (batch.size() > MOST_OF_BATCH) {
                                    value.skipChildren();
                                } else {
                                    batch.add(read(value, new ArrayList<>()));
                                }
                            }
                        } else {
                            return false;
                        }
                        return true;
                    },
                    PAYLOAD);
            return new Payload(fields, attachments);
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
            case "sms:received" -> sms(event, event.payload());
            case "mms:received", "mms:downloaded" -> mms(event, event.payload());
            case "sms:batch:received" -> batch(event, this::sms);
            case "mms:batch:received", "mms:batch:downloaded" -> batch(event, this::mms);
            case "sms:sent" -> status(event.payload().fields(), StatusOf.Status.SENT);
            case "sms:delivered" -> status(event.payload().fields(), StatusOf.Status.DELIVERED);
            case "sms:failed" -> status(event.payload().fields(), StatusOf.Status.FAILED);
            default ->
                BRINGS.matcher(name).find()
                        ? new Received.Unparsed("Nothing is known of messages that come by the event")
                        : Received.NOTHING;
        };
    }

    /** Returns all messages of a list, or what is wrong with it: all are kept then, in the request as it came. */
    private static Received batch(Event event, BiFunction<Event, Payload, Received> one) {
        List<Received.Captured> all = new ArrayList<>();
        for (Payload payload : event.batch()) {
            if (!(one.apply(event, payload) instanceof Received.Captured sms)) {
                return new Received.Unparsed("A message of the list has no text");
            }
            all.add(sms);
        }
        return all.isEmpty() || all.size() > MOST_OF_BATCH
                ? new Received.Unparsed("The event has no list of 1 to " + MOST_OF_BATCH + " messages")
                : new Received.Batch(all);
    }

    private Received sms(Event event, Payload payload) {
        return captured(event, payload.fields(), payload.fields().decoded("message"));
    }

    /** The ids of MMS are numbers of the phone's own list, which begin anew on another phone, often without a text. */
    private Received mms(Event event, Payload payload) {
        PhoneObject fields = payload.fields();
        Received captured = captured(event, fields, textOfMms(fields));
        String receivedAt = fields.textOrNumber("receivedAt");
        Instant at = receivedAt == null ? null : PhoneTime.read(receivedAt, ZoneOffset.UTC, clock.instant());
        String id = fields.text("messageId");
        return Received.mms(
                at != null && id != null && captured instanceof Received.Captured sms
                        ? sms.withId(id + "-" + at.getEpochSecond())
                        : captured,
                payload.attachments());
    }

    /**
     * The event's id is a new one for each webhook and each time that the app comes across the SMS again; the message's
     * is a short hash of it, which tells repeats together with sender and text.
     */
    private Received captured(Event event, PhoneObject payload, @Nullable Decoded text) {
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
        json.putArray("phoneNumbers").add(sms.international(sms.to()));
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

    @Override
    public boolean knowsRepeats() {
        return true;
    }
}
