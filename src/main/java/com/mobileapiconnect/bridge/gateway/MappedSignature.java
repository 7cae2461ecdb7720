package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.gateway.Mapping.Algorithm;
import com.mobileapiconnect.bridge.gateway.Mapping.Signature;
import com.mobileapiconnect.bridge.message.PhoneTime;
import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The signature of a request, made as its device's mapping says. */
record MappedSignature(Signature settings, GatewayRequest request) {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z0-9_.-]+)}");

    static Signature usual(GatewayRequest request) {
        String signed = request.body().length == 0 ? Signature.QUERY : Signature.BODY;
        return new Signature(HexSignature.HEADER, true, Algorithm.HMAC_SHA256, false, "", signed, null);
    }

    /** Returns for people why the signature is invalid; null if it is valid. */
    @Nullable String flaw(Redacted key, Instant now) {
        String given = settings.isHeader()
                ? request.header(settings.in())
                : request.fields().text(settings.in());
        if (given == null) {
            return settings.in() + " must be given: the device has a signing key.";
        } else if (!isFresh(now)) {
            return settings.timestamp() + " must be a time within 5 minutes of now.";
        } else if (!given.startsWith(settings.prefix())) {
            return settings.in() + " must begin with " + settings.prefix() + ".";
        }
        String value = given.substring(settings.prefix().length());
        boolean plain = settings.algorithm() == Algorithm.SECRET || settings.isBase64();
        return Hmac.equal(expected(key), plain ? value : value.toLowerCase(Locale.ROOT))
                ? null
                : settings.in() + " does not fit the request and the device's signing key.";
    }

    private boolean isFresh(Instant now) {
        String name = settings.timestamp();
        String written = name == null ? null : request.header(name);
        if (name == null) {
            return true;
        }
        Instant at = written == null ? null : PhoneTime.read(written, ZoneOffset.UTC, now);
        return at != null && Duration.between(at, now).abs().compareTo(WINDOW) <= 0;
    }

    private String expected(Redacted key) {
        if (settings.algorithm() == Algorithm.SECRET) {
            return key.reveal();
        }
        byte[] made = sign(key);
        return settings.isBase64()
                ? Base64.getEncoder().encodeToString(made)
                : HexFormat.of().formatHex(made);
    }

    private byte[] sign(Redacted key) {
        try {
            String algorithm = settings.algorithm().javaName();
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), algorithm));
            String signed = settings.signed();
            int end = 0;
            for (Matcher place = PLACE.matcher(signed); place.find(); end = place.end()) {
                mac.update(bytes(signed.substring(end, place.start())));
                mac.update(value(place.group()));
            }
            mac.update(bytes(signed.substring(end)));
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMACs of SHA-1, SHA-256 and SHA-512", e);
        }
    }

    private byte[] value(String place) {
        return switch (place) {
            case Signature.BODY -> request.body();
            case Signature.QUERY -> bytes(request.query());
            default -> bytes(request.header(place.substring(1, place.length() - 1)));
        };
    }

    private static byte[] bytes(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
}
