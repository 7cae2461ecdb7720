package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.gateway.Received.StatusOf;
import com.mobileapiconnect.bridge.http.Form;
import com.mobileapiconnect.bridge.message.Decoded;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Kannel: the {@code get-url} of an sms-service, its delivery reports, and its sendsms service to push to. The URL is the
 * secret.
 */
@Component
class Kannel implements Gateway.Receiving, Gateway.Pushing {

    private static final String BINARY = "1";
    private static final String UNICODE = "2";
    /** Delivered, failed, taken by the centre, refused by it; being queued there is no news. */
    private static final String REPORTED = "27";

    @Override
    public String name() {
        return "kannel";
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET");
    }

    /** The text comes in the bytes and the charset that the network used. */
    @Override
    public Received receive(GatewayRequest request) {
        Parameters query = request.parameters();
        if (query.text("dlr") != null) {
            return status(query);
        }
        String coding = query.text("coding");
        if (BINARY.equals(coding)) {
            return new Received.Unparsed("The message is binary");
        }
        byte[] text = query.bytes("text");
        Received sms = Received.captured(
                query.text("id"),
                query.decoded("from"),
                query.text("to"),
                text == null ? null : decoded(text, query.text("charset"), UNICODE.equals(coding)),
                null,
                query.text("time"));
        byte[] header = query.bytes("udh");
        return header == null ? sms : Received.part(Udh.place(header), sms);
    }

    private static Received status(Parameters query) {
        String id = query.text(Sms.REPORT_OF);
        if (id == null) {
            return new Received.Unparsed("The delivery report names no message");
        }
        return switch (String.valueOf(query.text("dlr"))) {
            case "1" -> new StatusOf(id, StatusOf.Status.DELIVERED, null);
            case "2", "16" -> new StatusOf(id, StatusOf.Status.FAILED, query.text("answer"));
            case "8" -> new StatusOf(id, StatusOf.Status.SENT, null);
            default -> Received.NOTHING; // it is queued at the SMS centre
        };
    }

    /** Decodes by the coding where Java does not know the charset, such as GSM; of ASCII it does not matter. */
    private static Decoded decoded(byte[] text, @Nullable String charset, boolean unicode) {
        try {
            if (charset != null && !charset.isEmpty()) {
                return Decoded.in(Charset.forName(charset), text);
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            Decoded guessed = unicode ? Decoded.in(StandardCharsets.UTF_16BE, text) : Decoded.utf8(text);
            return unicode || isAscii(text) ? guessed : new Decoded(guessed.text(), true);
        }
        return Decoded.in(unicode ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8, text);
    }

    private static boolean isAscii(byte[] text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(new String(text, StandardCharsets.ISO_8859_1));
    }

    /** The body of a 200 would become an SMS to the customer. */
    @Override
    public GatewayAnswer receipt(Received received) {
        return GatewayAnswer.EMPTY;
    }

    @Override
    public List<TransportSetting> settings() {
        return List.of(
                TransportSetting.url(),
                TransportSetting.text("username"),
                TransportSetting.secret("password"),
                TransportSetting.optional("from"),
                TransportSetting.reportUrl());
    }

    @Override
    public Push push(Sms sms, TransportValues settings) {
        String from = sms.sender(settings);
        if (from == null) {
            return Push.Impossible.NO_SENDER;
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("username", settings.text("username"));
        query.put("password", settings.text("password"));
        query.put("from", from);
        query.put("to", sms.to());
        query.put("text", sms.text());
        query.put("coding", UNICODE);
        query.put("charset", "UTF-8");
        String report = sms.reportUrl(settings);
        if (report != null) {
            query.put("dlr-mask", REPORTED);
            query.put("dlr-url", report + "&dlr=%d&answer=%A");
        }
        return new Push.Get(URI.create(settings.text("url") + "?" + Form.encode(query)), Map.of());
    }
}
