package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.message.Decoded;
import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The Android app SmsForwarder: its webhook, as a form or as JSON of the same names, without ids of its own.
 */
@Component
class SmsForwarder implements Gateway.Signing {

    private static final Pattern ESCAPED = Pattern.compile("[A-Za-z0-9.*_+-]*(?:%[0-9A-Fa-f]{2}[A-Za-z0-9.*_+-]*)+");

    @Override
    public String name() {
        return "sms-forwarder";
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET", "PATCH", "POST", "PUT");
    }

    /** The signature is over the time alone: it proves that the app knows the secret, and nothing of the text. */
    @Override
    public @Nullable String flaw(GatewayRequest request, Redacted key) {
        Parameters fields = request.fields();
        String timestamp = fields.text("timestamp");
        String sign = fields.text("sign");
        if (timestamp == null || sign == null) {
            return "sign and timestamp must be given: the device has a signing key.";
        }
        byte[] signed = (timestamp + "\n" + key.reveal()).getBytes(StandardCharsets.UTF_8);
        String expected = Base64.getEncoder().encodeToString(Hmac.sha256(key, signed));
        return spellings(sign).anyMatch(spelling -> Hmac.equal(expected, spelling))
                ? null
                : "sign must be the base64 HMAC-SHA256 of timestamp, a line break and the device's signing key, under"
                        + " that key.";
    }

    /** The app escapes the signature, and its form escapes it again. */
    private static Stream<String> spellings(String sign) {
        String once = unescaped(sign);
        return Stream.of(sign, once, unescaped(once)).map(spelling -> spelling.replace(' ', '+'));
    }

    private static String unescaped(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    @Override
    public Received receive(GatewayRequest request) {
        Parameters sent = request.fields();
        Parameters fields = !request.isJson() && isEscapedTwice(sent) ? sent.unescapedAgain() : sent;
        Decoded from = fields.decoded("from");
        Decoded content = fields.decoded("content");
        String timestamp = fields.text("timestamp");
        if (content == null || !request.device().app().template()) {
            return Received.captured(null, from, null, content, null, timestamp);
        }
        ForwarderLines lines = ForwarderLines.of(content.text());
        if (lines == null) {
            return new Received.Unparsed("The content has not the five lines of the app's template");
        }
        boolean local = request.device().zone() != null; // otherwise nobody knows what the time in the lines is
        return Received.captured(
                null,
                from == null ? new Decoded(lines.from(), false) : from,
                null,
                new Decoded(lines.text(), content.mended()),
                SimSlot.of(lines.sim()),
                local || timestamp == null ? lines.time() : timestamp);
    }

    /**
     * Some versions escape every value before the form is made. A sender that has
     * escapes and nothing that would need one decides; without any, a text that has escapes and nothing that would need one.
     */
    private static boolean isEscapedTwice(Parameters fields) {
        String from = fields.text("from");
        String content = fields.text("content");
        if (from != null && ESCAPED.matcher(from).matches()) {
            return true;
        }
        boolean plain = from != null && !from.matches("[A-Za-z0-9.*_-]*");
        return !plain && content != null && ESCAPED.matcher(content).matches();
    }

    /** Any 2xx will do; otherwise the app tries again as often as it is set to, usually not at all. */
    @Override
    public GatewayAnswer receipt(Received received) {
        return GatewayAnswer.TAKEN;
    }
}
