package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.gateway.Received.StatusOf;
import com.mobileapiconnect.bridge.message.Attachment;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** httpSMS: its webhooks, which are CloudEvents, and its API to push to. */
@Component
class HttpSms implements Gateway.Signing, Gateway.Pushing {

    private static final String API = "https://api.httpsms.com";
    private static final String ISSUER = "api.httpsms.com";
    private static final String SCHEME = "Bearer ";
    private static final String ENTRY = "/v1/inbound/";
    /** Two clocks are never quite alike. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final String[] DATA = {
        "message_id", "id", "request_id", "owner", "contact", "content", "sim", "timestamp", "error_message"
    };

    private final Clock clock;

    HttpSms(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "httpsms";
    }

    /** The token says who calls whom and for how long it is good; it says nothing of the body. */
    @Override
    public @Nullable String flaw(GatewayRequest request, Redacted key) {
        String header = request.header("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return "Authorization must be Bearer and a JSON Web Token: the device has a signing key.";
        }
        JsonWebToken token = JsonWebToken.read(header.substring(SCHEME.length()).strip(), key);
        if (token == null) {
            return "The JSON Web Token must be signed by HS256 with the device's signing key.";
        } else if (!ISSUER.equals(token.issuer())) {
            return "The issuer (iss) of the JSON Web Token must be " + ISSUER + ".";
        } else if (token.audience().stream().noneMatch(audience -> isOurs(audience, request.urls()))) {
            return "The audience (aud) of the JSON Web Token must be the URL of this bridge, as BRIDGE_PUBLIC_URL has it.";
        }
        Instant now = clock.instant();
        boolean begun = token.notBefore() == null || !token.notBefore().isAfter(now.plus(SKEW));
        boolean lasts = token.expires() != null && token.expires().isAfter(now.minus(SKEW));
        return begun && lasts ? null : "The JSON Web Token must be valid now; one of httpSMS is for 10 minutes.";
    }

    /** The audience is the URL that httpSMS calls, or where it begins. */
    private static boolean isOurs(String audience, List<String> urls) {
        String plain = withoutSlash(audience);
        return urls.stream().anyMatch(url -> plain.equals(withoutSlash(url)) || plain.equals(base(url)));
    }

    private static String base(String url) {
        int entry = url.lastIndexOf(ENTRY);
        return withoutSlash(entry < 0 ? url : url.substring(0, entry));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** An event, as far as it matters here. */
    private static final class Event {

        private @Nullable String type;
        private PhoneObject data = PhoneObject.NONE;
        private boolean encrypted;
        private boolean goesOn;
        private final List<Attachment> attachments = new ArrayList<>();

        static Event read(JsonParser json) throws IOException {
            Event event = new Event();
            PhoneObject head = PhoneObject.read(
                    json,
                    (name, value) -> {
                        boolean mine = name.equals("data");
                        if (mine) {
                            event.data = PhoneObject.read(value, event::inData, DATA);
                        }
                        return mine;
                    },
                    "type");
            event.type = head.text("type");
            return event;
        }

        private boolean inData(String name, JsonParser value) throws IOException {
            if (name.equals("encrypted")) {
                encrypted = value.currentToken() == JsonToken.VALUE_TRUE;
                value.skipChildren();
                return true;
            } else if (name.equals("is_final")) {
                goesOn = value.currentToken() == JsonToken.VALUE_FALSE;
                value.skipChildren();
                return true;
            } else if (name.equals("attachments")) {
                attachments.addAll(Attachments.read(value, "content_type", "name", "url"));
                return true;
            }
            return false;
        }
    }

    @Override
    public Received receive(GatewayRequest request) {
        Event event = request.json(Event::read);
        if (event == null || event.type == null) {
            return new Received.Unparsed("The body is no JSON object with a type");
        }
        return switch (event.type) {
            case "message.phone.received" -> captured(event);
            case "message.phone.sent" -> status(event.data, StatusOf.Status.SENT);
            case "message.phone.delivered" -> status(event.data, StatusOf.Status.DELIVERED);
            case "message.send.failed" -> status(event.data, StatusOf.Status.FAILED);
            case "message.send.expired" -> expired(event);
            default -> Received.NOTHING;
        };
    }

    private static Received captured(Event event) {
        if (event.encrypted) {
            return new Received.Unparsed("The message is encrypted; switch that off in the app");
        }
        PhoneObject data = event.data;
        Received captured = Received.captured(
                data.text("message_id"),
                data.decoded("contact"),
                data.text("owner"),
                data.decoded("content"),
                SimSlot.of(data.text("sim")),
                data.textOrNumber("timestamp"));
        return event.attachments.isEmpty() ? captured : Received.mms(captured, event.attachments);
    }

    /** The request's id is the one that was pushed; not every event has it. */
    private static Received status(PhoneObject data, StatusOf.Status status) {
        String ours = data.text("request_id");
        String theirs = data.text("id") == null ? data.text("message_id") : data.text("id");
        String id = ours == null ? theirs : ours;
        return id == null
                ? new Received.Unparsed("The event names no message")
                : new StatusOf(id, status, data.text("error_message"));
    }

    /** The phone did not report in time: httpSMS asks it again a few times, and even then it may have sent the SMS. */
    private static Received expired(Event event) {
        return !event.goesOn && status(event.data, StatusOf.Status.FAILED) instanceof StatusOf failed
                ? new StatusOf(failed.id(), StatusOf.Status.FAILED, StatusOf.NEVER_REPORTED)
                : Received.NOTHING;
    }

    /** Returns a 2xx: after anything else httpSMS tries once more, and then drops the SMS. */
    @Override
    public GatewayAnswer receipt(Received received) {
        return GatewayAnswer.TAKEN;
    }

    @Override
    public List<TransportSetting> settings() {
        return List.of(TransportSetting.url(API), TransportSetting.secret("apiKey"), TransportSetting.optional("from"));
    }

    @Override
    public Push push(Sms sms, TransportValues settings) {
        String from = sms.sender(settings);
        if (from == null) {
            return Push.Impossible.NO_SENDER;
        }
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("from", sms.international(from))
                .put("to", sms.international(sms.to()))
                .put("content", sms.text())
                .put("request_id", sms.id());
        if (sms.sim() != null) {
            json.put("sim", "SIM" + sms.sim());
        }
        return Push.Post.json(
                URI.create(withoutSlash(settings.text("url")) + "/v1/messages/send"),
                Map.of("x-api-key", settings.text("apiKey")),
                json.toString());
    }

    @Override
    public Push.Answer answer(@Nullable String body) {
        return new Push.Taken(GivenId.in(body, "data", "id"));
    }
}
