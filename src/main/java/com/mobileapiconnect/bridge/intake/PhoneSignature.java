package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Times;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.MessageId;
import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a phone that sends the bridge's own JSON and has a signing key: over the body, or over the time of the
 * request, a full stop and the body. A signature is good for one request: a recorded request that is sent again is a
 * repeat, and one with a time is refused after some minutes.
 */
record PhoneSignature(@Nullable String value, @Nullable String timestamp) {

    static final String HEADER = "X-Signature";
    static final String TIMESTAMP = "X-Timestamp";

    private static final Duration WINDOW = Duration.ofMinutes(5);

    /** @param headers from a header's name to its value */
    static PhoneSignature of(Function<String, @Nullable String> headers) {
        return new PhoneSignature(headers.apply(HEADER), headers.apply(TIMESTAMP));
    }

    /** Checks the raw bytes, before anything of them is parsed; returns for people what is wrong, null if nothing is. */
    @Nullable String flaw(Redacted key, byte[] body, Instant now) {
        if (value != null && Hmac.equal(expected(key, "", body), value)) {
            return null; // also with a timestamp, which is then none of ours
        } else if (value == null || timestamp == null || !Hmac.equal(expected(key, timestamp + ".", body), value)) {
            return HEADER
                    + " must be the lowercase hex HMAC-SHA256, under the device's signing key, of the body; or of "
                    + TIMESTAMP + ", a full stop and the body.";
        }
        return isFresh(timestamp, now) ? null : TIMESTAMP + " must be seconds since 1970, within 5 minutes of now.";
    }

    private static String expected(Redacted key, String before, byte[] body) {
        Mac mac = Hmac.keyed(key.reveal().getBytes(StandardCharsets.UTF_8));
        mac.update(before.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }

    private static boolean isFresh(String timestamp, Instant now) {
        Instant at = Times.ofSeconds(timestamp);
        return at != null && Duration.between(at, now).abs().compareTo(WINDOW) <= 0;
    }

    /**
     * Gives captures without a phone's id one that the signature and their place in the request decide, so that the same
     * request is recognised when it comes again.
     */
    Captures identify(Captures captures) {
        List<InboundMessage> identified = new ArrayList<>(captures.good().size());
        int[] places = captures.places();
        for (InboundMessage capture : captures.good()) {
            int place = places[identified.size()];
            identified.add(capture.phoneId() == null ? capture.withId(idOf(capture, place)) : capture);
        }
        return new Captures(identified, captures.bad());
    }

    private String idOf(InboundMessage capture, int place) {
        return MessageId.of(capture.deviceId(), "signed-" + value + "-" + place, capture.from(), capture.text());
    }
}
