package com.mobileapiconnect.bridge.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.destination.HttpOptions.Auth.OAuth2;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * A JWT by which a client shows a token endpoint that it has a private key (RFC 7523), in place of a secret: signed as PS256
 * with a key of RSA, as ES256 with one of P-256.
 */
final class Assertion {

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int HASH_BYTES = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Assertion() {}

    /** @throws GeneralSecurityException if the key cannot be used */
    static String of(OAuth2 auth, Instant now) throws GeneralSecurityException {
        PrivateKey key = key(auth.clientSecret().reveal());
        boolean curve = key instanceof ECPrivateKey;
        ObjectNode header = JsonNodeFactory.instance
                .objectNode()
                .put("typ", "JWT")
                .put("alg", curve ? "ES256" : "PS256")
                .put("kid", auth.keyId());
        ObjectNode claims = JsonNodeFactory.instance.objectNode().put("iss", auth.clientId());
        if (auth.scope() != null) {
            for (String scope : auth.scope().split(" ")) {
                claims.withArray("/scope").add(scope);
            }
        }
        claims.put("aud", auth.tokenUrl());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        String signed = encoded(header) + "." + encoded(claims);
        return signed + "." + BASE64.encodeToString(signature(key, curve, signed));
    }

    private static String encoded(ObjectNode part) {
        return BASE64.encodeToString(part.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] signature(PrivateKey key, boolean curve, String signed) throws GeneralSecurityException {
        Signature signature;
        if (curve) {
            signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        } else {
            signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, HASH_BYTES, 1));
        }
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signature.sign();
    }

    /** Reads a private key in PEM, whose line ends a form may have lost. */
    private static PrivateKey key(String pem) throws GeneralSecurityException {
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        GeneralSecurityException last = new GeneralSecurityException("It is no PEM");
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
            } catch (GeneralSecurityException e) {
                last = e;
            } catch (IllegalArgumentException e) {
                throw new GeneralSecurityException("It is no PEM", e);
            }
        }
        throw last;
    }
}
