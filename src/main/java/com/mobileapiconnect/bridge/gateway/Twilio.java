package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Twilio: its webhook for incoming messages, and its REST API to push to. */
@Component
class Twilio implements Gateway.Signing, Gateway.Pushing {

    private static final String API = "https://api.twilio.com";
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
            return Received.NOTHING; // a status callback, which names messages by Twilio's ids alone
        }
        return Received.captured(
                form.text("MessageSid"), form.decoded("From"), form.text("To"), form.decoded("Body"), null, null);
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
                TransportSetting.optional("from"));
    }

    @Override
    public Push push(Sms sms, TransportValues settings) {
        String from = sms.sender(settings);
        if (from == null) {
            return Push.Impossible.NO_SENDER;
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("To", Sms.international(sms.to()));
        form.put("From", Sms.international(from));
        form.put("Body", sms.text());
        String account = settings.text("accountSid");
        String base = settings.text("url").replaceFirst("/+$", "");
        return Push.Post.form(
                URI.create(base + "/2010-04-01/Accounts/" + account + "/Messages.json"),
                Push.basic(account, settings.text("authToken")),
                form);
    }
}
