package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.gateway.Received.Part;
import com.mobileapiconnect.bridge.gateway.Received.StatusOf;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Vonage (Nexmo), its SMS API: inbound messages, of which long ones come in parts, delivery receipts, and sending. */
@Component
class Vonage implements Gateway.Signing, Gateway.Pushing {

    private static final String API = "https://rest.nexmo.com";
    private static final String SIG = "sig";
    private static final String TAKEN = "0";
    /**
     * Too many requests, a fault of Vonage's own, too many requests at once; a setting or password that is missing or wrong,
     * no credit, a wrong signature: these can be mended, and then the SMS goes out.
     */
    private static final Set<String> AGAIN = Set.of("1", "5", "10", "2", "4", "9", "14");

    @Override
    public String name() {
        return "vonage";
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET", "POST");
    }

    @Override
    public @Nullable String flaw(GatewayRequest request, Redacted key) {
        Parameters fields = request.fields();
        String sig = fields.text(SIG);
        if (sig == null) {
            return "sig must be given: the device has a signing key.";
        }
        return VonageSignature.of(fields, key, sig)
                ? null
                : "sig does not fit the fields and the device's signing key, which must be the account's signature"
                        + " secret.";
    }

    @Override
    public Received receive(GatewayRequest request) {
        Parameters fields = request.fields();
        if (fields.text("text") == null && fields.text("status") != null) {
            return status(fields);
        } else if ("binary".equals(fields.text("type"))) {
            return new Received.Unparsed("The message is binary");
        }
        Received sms = Received.captured(
                fields.text("messageId"),
                fields.decoded("msisdn"),
                fields.text("to"),
                fields.decoded("text"),
                null,
                time(fields.text("message-timestamp")));
        return "true".equals(fields.text("concat")) ? Received.part(place(fields), sms) : sms;
    }

    /** The time is in UTC, which it does not say. */
    private static @Nullable String time(@Nullable String written) {
        return written != null && written.matches("[0-9]{4}-[0-9 :-]*") ? written + "Z" : written;
    }

    private static Part.@Nullable Place place(Parameters fields) {
        return Part.Place.of(
                fields.text("concat-ref"), number(fields.text("concat-total")), number(fields.text("concat-part")));
    }

    private static @Nullable Integer number(@Nullable String written) {
        return written != null && written.matches("[0-9]{1,3}") ? Integer.valueOf(written) : null;
    }

    private static Received status(Parameters fields) {
        String ours = fields.text("client-ref");
        String id = ours == null ? fields.text("messageId") : ours;
        if (id == null) {
            return new Received.Unparsed("The receipt names no message");
        }
        return switch (String.valueOf(fields.text("status"))) {
            case "accepted" -> new StatusOf(id, StatusOf.Status.SENT, null);
            case "delivered" -> new StatusOf(id, StatusOf.Status.DELIVERED, null);
            case "failed", "rejected", "expired" -> new StatusOf(id, StatusOf.Status.FAILED, error(fields));
            default -> Received.NOTHING;
        };
    }

    private static String error(Parameters fields) {
        return fields.text("status") + ", err-code " + fields.text("err-code");
    }

    /** Any 2xx will do; otherwise Vonage tries again for a day. */
    @Override
    public GatewayAnswer receipt(Received received) {
        return GatewayAnswer.EMPTY;
    }

    @Override
    public List<TransportSetting> settings() {
        return List.of(
                TransportSetting.url(API),
                TransportSetting.text("apiKey"),
                TransportSetting.secret("apiSecret"),
                TransportSetting.optional("from"));
    }

    @Override
    public Push push(Sms sms, TransportValues settings) {
        String from = sms.sender(settings);
        if (from == null) {
            return Push.Impossible.NO_SENDER;
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("api_key", settings.text("apiKey"));
        form.put("api_secret", settings.text("apiSecret"));
        form.put("from", withoutPlus(sms.international(from)));
        form.put("to", withoutPlus(sms.international(sms.to())));
        form.put("text", sms.text());
        form.put("type", "unicode");
        form.put("client-ref", sms.id());
        String base = settings.text("url").replaceFirst("/+$", "");
        return Push.Post.form(URI.create(base + "/sms/json"), Map.of(), form);
    }

    private static String withoutPlus(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }

    /** Vonage answers 200 to what it refuses, too. */
    @Override
    public Push.Answer answer(@Nullable String body) {
        String status = GivenId.inFirst(body, "messages", "status");
        if (status == null || status.equals(TAKEN)) {
            return new Push.Taken(GivenId.inFirst(body, "messages", "message-id"));
        }
        String why = GivenId.inFirst(body, "messages", "error-text");
        return new Push.Refused("status " + status + (why == null ? "" : ": " + why), AGAIN.contains(status));
    }
}
