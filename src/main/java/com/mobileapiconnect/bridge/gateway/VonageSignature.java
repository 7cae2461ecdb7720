package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of Vonage: over all other fields, sorted by name, each as {@code &name=value}. Which of five ways an
 * account signs in is a setting there; the length of a signature tells.
 */
final class VonageSignature {

    private VonageSignature() {}

    /** Returns whether the signature fits the fields and the key. */
    static boolean of(Parameters fields, Redacted key, String sig) {
        byte[] content = content(fields).getBytes(StandardCharsets.UTF_8);
        byte[] secret = key.reveal().getBytes(StandardCharsets.UTF_8);
        String given = sig.toLowerCase(Locale.ROOT);
        List<byte[]> possible =
                switch (sig.length()) {
                    case 32 -> List.of(hash(content, secret), hmac("HmacMD5", content, secret));
                    case 40 -> List.of(hmac("HmacSHA1", content, secret));
                    case 64 -> List.of(Hmac.sha256(key, content));
                    case 128 -> List.of(hmac("HmacSHA512", content, secret));
                    default -> List.of();
                };
        return possible.stream().anyMatch(expected -> Hmac.equal(HexFormat.of().formatHex(expected), given));
    }

    private static String content(Parameters fields) {
        return fields.fields().stream()
                .filter(field -> !field.name().equals("sig"))
                .sorted(Comparator.comparing(Parameters.Field::name))
                .map(field -> "&" + field.name() + "="
                        + field.text().replace('&', '_').replace('=', '_'))
                .collect(Collectors.joining());
    }

    private static byte[] hash(byte[] content, byte[] secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(content);
            return digest.digest(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has MD5", e);
        }
    }

    private static byte[] hmac(String algorithm, byte[] content, byte[] secret) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + algorithm, e);
        }
    }
}
