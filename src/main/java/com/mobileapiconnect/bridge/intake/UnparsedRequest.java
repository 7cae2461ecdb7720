package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mobileapiconnect.bridge.gateway.GatewayRequest;
import com.mobileapiconnect.bridge.gateway.PairedAs;
import com.mobileapiconnect.bridge.message.Graphemes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that could not be understood, as stored and shown. Its path is left out, because it contains a secret.
 *
 * @param gateway    the gateway whose URL received it
 * @param reason     why it was not understood, for people
 * @param body       null if it is not UTF-8
 * @param bodyBase64 the body, if it is not UTF-8
 * @param truncated  whether the body was longer
 * @param became     the ids of the messages that were made of it later; null if none were
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UnparsedRequest(
        String gateway,
        String reason,
        String method,
        @Nullable String query,
        @Nullable String contentType,
        @Nullable String body,
        @Nullable String bodyBase64,
        boolean truncated,
        @Nullable List<String> became) {

    private static final String CONTENT_TYPE = "Content-Type";
    static final int MOST_BYTES = 64 << 10;
    private static final int LOOK_AHEAD = 256;
    private static final int MOST_MASKED = MOST_BYTES + (16 << 10);

    /** @param mask takes the device's key out, also where it stands across the end of what is kept */
    static UnparsedRequest of(String gateway, String reason, GatewayRequest request, KeyMask mask) {
        byte[] came = request.body();
        byte[] body = mask.in(came.length <= MOST_MASKED ? came : Arrays.copyOf(came, MOST_MASKED));
        boolean truncated = body.length > MOST_BYTES || came.length > MOST_MASKED;
        byte[] kept = truncated ? Arrays.copyOf(body, MOST_BYTES) : body;
        String text = truncated ? cut(body, kept) : text(kept, false);
        return new UnparsedRequest(
                gateway,
                reason,
                request.method(),
                mask.in(request.query()),
                request.header(CONTENT_TYPE),
                text,
                text == null ? Base64.getEncoder().encodeToString(kept) : null,
                truncated,
                null);
    }

    UnparsedRequest became(List<String> messages) {
        return new UnparsedRequest(
                gateway, reason, method, query, contentType, body, bodyBase64, truncated, List.copyOf(messages));
    }

    /** Returns the request as it came, but for its headers. */
    GatewayRequest asItCame(PairedAs device) {
        byte[] bytes = bodyBase64 != null
                ? Base64.getDecoder().decode(bodyBase64)
                : body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        return new GatewayRequest(
                method,
                List.of(),
                query,
                name -> name.equalsIgnoreCase(CONTENT_TYPE) ? contentType : null,
                bytes,
                device);
    }

    /** Cuts between two characters, for which somewhat more is looked at. */
    private static @Nullable String cut(byte[] body, byte[] kept) {
        String text = text(kept, true);
        String more = text(Arrays.copyOf(body, Math.min(body.length, MOST_BYTES + LOOK_AHEAD)), true);
        return text == null || more == null ? text : Graphemes.cut(more, text.length());
    }

    /** Returns null if the bytes are not UTF-8; a character cut off at the end is left out. */
    private static @Nullable String text(byte[] body, boolean truncated) {
        CharBuffer text = CharBuffer.allocate(body.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body), text, !truncated);
        if (result.isError()) {
            return null;
        }
        return text.flip().toString();
    }
}
