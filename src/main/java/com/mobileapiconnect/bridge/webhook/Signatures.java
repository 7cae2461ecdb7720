package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.delivery.Preview;
import com.mobileapiconnect.bridge.destination.Form;
import com.mobileapiconnect.bridge.destination.Signing;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.BiConsumer;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of an attempt: our own over the body, keyed with the whole secret string, and for suitable secrets
 * those of Standard Webhooks (github.com/standard-webhooks), for which verifiers are published.
 */
final class Signatures {

    private static final String STANDARD_PREFIX = "whsec_";
    private static final int STANDARD_MIN_BYTES = 24;
    private static final String STANDARD_ID = "webhook-id";
    private static final String STANDARD_TIMESTAMP = "webhook-timestamp";

    private Signatures() {}

    /** @param headers receives each header; nothing if the target has no secret */
    static void sign(Target target, String deliveryId, Instant now, byte[] body, BiConsumer<String, String> headers) {
        Signing signing = target.signing();
        Form form = target.form();
        Redacted current = signing.current();
        if (current == null) {
            return;
        }
        Redacted previous = signing.previousAt(now);
        headers.accept(form.signatureHeader(), own(current, body));
        if (previous != null) {
            headers.accept(form.previousSignatureHeader(), own(previous, body));
        }
        byte[] key = standardKey(current);
        if (key == null) {
            return;
        }
        long seconds = now.getEpochSecond();
        String signature = standard(key, deliveryId, seconds, body);
        byte[] previousKey = previous == null ? null : standardKey(previous);
        if (previousKey != null) {
            signature += " " + standard(previousKey, deliveryId, seconds, body);
        }
        headers.accept(STANDARD_ID, deliveryId);
        headers.accept(STANDARD_TIMESTAMP, Long.toString(seconds));
        headers.accept("webhook-signature", signature);
    }

    /** Masks the signatures of {@link #sign}: made with the real secret, they could be tried out elsewhere. */
    static void mask(Target target, String deliveryId, Instant now, BiConsumer<String, String> headers) {
        sign(target, deliveryId, now, new byte[0], (name, value) -> headers.accept(name, masked(name, value)));
    }

    private static String masked(String name, String value) {
        return name.equals(STANDARD_ID) || name.equals(STANDARD_TIMESTAMP) ? value : Preview.MASK;
    }

    private static String own(Redacted secret, byte[] body) {
        return "sha256=" + HexFormat.of().formatHex(Hmac.sha256(secret, body));
    }

    private static String standard(byte[] key, String id, long seconds, byte[] body) {
        Mac mac = Hmac.keyed(key);
        mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    }

    /** Returns null if the secret is not one of Standard Webhooks. */
    private static byte @Nullable [] standardKey(Redacted secret) {
        String text = secret.reveal();
        if (!text.startsWith(STANDARD_PREFIX)) {
            return null;
        }
        try {
            byte[] key = Base64.getDecoder().decode(text.substring(STANDARD_PREFIX.length()));
            return key.length >= STANDARD_MIN_BYTES ? key : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
