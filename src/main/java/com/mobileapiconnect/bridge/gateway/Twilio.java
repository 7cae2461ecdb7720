package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.gateway.Received.StatusOf;
import com.mobileapiconnect.bridge.message.Attachment;
import com.mobileapiconnect.bridge.message.Decoded;
import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Twilio: its webhooks for incoming messages and for what became of others, and its REST API to push to. */
@Component
class Twilio implements Gateway.Signing, Gateway.Pushing {

    private static final String API = "https://api.twilio.com";
    private static final Map<String, Received.Wish> WISHES = Map.of(
            "STOP", Received.Wish.STOP,
            "START", Received.Wish.START,
            "HELP", Received.Wish.HELP);
    private static final GatewayAnswer NO_REPLY = GatewayAnswer.of("text/xml", "<Response/>");

    @Override
    public String name() {
        return "twilio";
    }

    /** The signature is over the URL as it was given to Twilio, and over each field, sorted by name. */
    @Override
    public @Nullable String flaw(GatewayRequest request, Redacted key) {
        String signature = request.header("X-Twilio-Signature");
        if (signature == null) {
            return "X-Twilio-Signature must be given: the device has a signing key.";
        }
        String fields = request.form().fields().stream()
                .sorted(Comparator.comparing(Parameters.Field::name))
                .map(field -> field.name() + field.text())
                .collect(Collectors.joining());
        return request.urls().stream()
                        .flatMap(Twilio::spellings)
                        .anyMatch(url -> Hmac.equal(sign(key, url + fields), signature))
                ? null
                : "X-Twilio-Signature does not fit the URL, the fields and the device's signing key, which must be the"
                        + " account's auth token; the URL must begin as BRIDGE_PUBLIC_URL does.";
    }

    private static String sign(Redacted key, String content) {
        return Base64.getEncoder().encodeToString(Hmac.sha1(key, content.getBytes(StandardCharsets.UTF_8)));
    }

    /** Twilio signs a URL with the usual port of its scheme or without, whichever way it was written. */
    private static Stream<String> spellings(String url) {
        int host = url.indexOf("://") + 3;
        int path = url.indexOf('/', host);
        String usual = url.startsWith("https:") ? ":443" : ":80";
        String authority = url.substring(0, path);
        String other = authority.endsWith(usual)
                ? authority.substring(0, authority.length() - usual.length())
                : authority + usual;
        return Stream.of(url, other + url.substring(path));
    }

    @Override
    public Received receive(GatewayRequest request) {
        Parameters form = request.form();
        if (form.text("Body") == null && form.text("MessageStatus") != null) {
            return status(form, request.parameters().text(Sms.REPORT_OF));
        }
        List<Attachment> media = media(form);
        Decoded body = form.decoded("Body");
        Received sms = Received.captured(
                form.text("MessageSid"),
                form.decoded("From"),
                form.text("To"),
                body == null && !media.isEmpty() ? new Decoded("", false) : body,
                null,
                null);
        return wished(media.isEmpty() ? sms : Received.mms(sms, media), form.text("OptOutType"));
    }

    /** Twilio refuses to send to who has opted out, by its words or those of the account's Advanced Opt-Out. */
    private static Received wished(Received received, @Nullable String type) {
        Received.Wish wish = type == null ? null : WISHES.get(type.toUpperCase(Locale.ROOT));
        return wish != null && received instanceof Received.Captured sms
                ? sms.with(sms.beyond().with(wish))
                : received;
    }

    private static List<Attachment> media(Parameters form) {
        String number = form.text("NumMedia");
        int count = number != null && number.matches("[0-9]{1,2}") ? Integer.parseInt(number) : 0;
        return IntStream.range(0, Math.min(count, Attachment.MOST))
                .mapToObj(i -> new Attachment(form.text("MediaContentType" + i), null, form.text("MediaUrl" + i), null))
                .toList();
    }

    /** @param ours the bridge's id, from the URL that Twilio was given with the SMS */
    private static Received status(Parameters form, @Nullable String ours) {
        String id = ours == null ? form.text("MessageSid") : ours;
        if (id == null) {
            return new Received.Unparsed("The status names no message");
        }
        return switch (String.valueOf(form.text("MessageStatus"))) {
            case "sent" -> new StatusOf(id, StatusOf.Status.SENT, null);
            case "delivered", "read" -> new StatusOf(id, StatusOf.Status.DELIVERED, null);
            case "failed", "undelivered" -> new StatusOf(id, StatusOf.Status.FAILED, error(form));
            default -> Received.NOTHING;
        };
    }

    private static @Nullable String error(Parameters form) {
        String code = form.text("ErrorCode");
        return code == null ? null : "Twilio error " + code;
    }

    @Override
    public GatewayAnswer receipt(Received received) {
        return NO_REPLY;
    }

    @Override
    public List<TransportSetting> settings() {
        return List.of(
                TransportSetting.url(API),
                TransportSetting.word("accountSid"),
                TransportSetting.secret("authToken"),
                TransportSetting.optional("from"),
                TransportSetting.reportUrl());
    }

    @Override
    public Push push(Sms sms, TransportValues settings) {
        String from = sms.sender(settings);
        if (from == null) {
            return Push.Impossible.NO_SENDER;
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("To", sms.international(sms.to()));
        form.put("From", sms.international(from));
        form.put("Body", sms.text());
        String report = sms.reportUrl(settings);
        if (report != null) {
            form.put("StatusCallback", report);
        }
        String account = settings.text("accountSid");
        String base = settings.text("url").replaceFirst("/+$", "");
        return Push.Post.form(
                URI.create(base + "/2010-04-01/Accounts/" + account + "/Messages.json"),
                Push.basic(account, settings.text("authToken")),
                form);
    }

    @Override
    public Push.Answer answer(@Nullable String body) {
        return new Push.Taken(GivenId.in(body, "sid"));
    }
}
