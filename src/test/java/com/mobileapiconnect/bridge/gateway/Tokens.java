package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** JSON Web Tokens as their makers write them. */
final class Tokens {

    private Tokens() {}

    static String claims(String issuer, String audience, Instant expires) {
        return "{\"iss\":\"%s\",\"aud\":[\"%s\"],\"sub\":\"u\",\"exp\":%d,\"nbf\":%d}"
                .formatted(issuer, audience, expires.getEpochSecond(), expires.getEpochSecond() - 1200);
    }

    static String hs256(String key, String claims) {
        return signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", key, claims);
    }

    static String signed(String head, String key, String claims) {
        String content =
                base64(head.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        return content + "." + base64(Hmac.sha256(new Redacted(key), content.getBytes(StandardCharsets.UTF_8)));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
