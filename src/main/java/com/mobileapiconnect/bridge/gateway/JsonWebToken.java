package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a JSON Web Token that is signed by HS256. Every other algorithm is refused, {@code none} above all.
 *
 * @param audience none, one or several
 */
record JsonWebToken(
        @Nullable String issuer,
        List<String> audience,
        @Nullable Instant notBefore,
        @Nullable Instant expires) {

    private static final int LONGEST = 8 << 10;
    private static final int PARTS = 3;

    /** Returns null unless the token is signed under that key. */
    static @Nullable JsonWebToken read(String token, Redacted key) {
        String[] parts = token.split("\\.", -1);
        if (token.length() > LONGEST || parts.length != PARTS) {
            return null;
        }
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8);
        String expected = Base64.getUrlEncoder().withoutPadding().encodeToString(Hmac.sha256(key, signed));
        if (!Hmac.equal(expected, parts[2])) {
            return null;
        }
        PhoneObject head = part(parts[0], object -> PhoneObject.read(object, "alg"));
        return head != null && "HS256".equals(head.text("alg")) ? part(parts[1], JsonWebToken::claims) : null;
    }

    private static <T> @Nullable T part(String encoded, PhoneJson.Reader<T> reader) {
        try {
            return PhoneJson.object(Base64.getUrlDecoder().decode(encoded), reader);
        } catch (JacksonException | IllegalArgumentException e) {
            return null;
        }
    }

    private static JsonWebToken claims(JsonParser json) throws IOException {
        List<String> audience = new ArrayList<>();
        PhoneObject claims = PhoneObject.read(
                json,
                (name, value) -> {
                    boolean mine = name.equals("aud");
                    if (mine) {
                        addTexts(value, audience);
                    }
                    return mine;
                },
                "iss",
                "nbf",
                "exp");
        return new JsonWebToken(claims.text("iss"), List.copyOf(audience), time(claims, "nbf"), time(claims, "exp"));
    }

    private static void addTexts(JsonParser value, List<String> texts) throws IOException {
        if (value.currentToken() == JsonToken.VALUE_STRING) {
            texts.add(value.getText());
        } else if (value.isExpectedStartArrayToken()) {
            while (value.nextToken() != JsonToken.END_ARRAY) {
                if (value.currentToken() == JsonToken.VALUE_STRING) {
                    texts.add(value.getText());
                }
                value.skipChildren();
            }
        } else {
            value.skipChildren();
        }
    }

    private static @Nullable Instant time(PhoneObject claims, String name) {
        String seconds = claims.textOrNumber(name);
        try {
            return seconds == null ? null : Instant.ofEpochMilli((long) (Double.parseDouble(seconds) * 1000));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
