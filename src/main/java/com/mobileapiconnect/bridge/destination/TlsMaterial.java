package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/** Converts PEM into the material of a TLS handshake. The text is parsed as PEM alone, never as the name of a file. */
public final class TlsMaterial {

    private TlsMaterial() {}

    /**
     * Makes a context, which costs milliseconds and some memory, so callers keep it. Throws for text that would be
     * refused as a setting.
     */
    public static SSLContext context(HttpOptions.Tls tls) {
        String certificate = tls.clientCertificate();
        Redacted key = tls.clientKey();
        String ca = tls.ca();
        PemSslStore own =
                certificate == null || key == null ? null : PemSslStore.of(certificates(certificate), key(key));
        PemSslStore trusted = ca == null ? null : PemSslStore.of(certificates(ca), null);
        return SslBundle.of(new PemSslStoreBundle(own, trusted)).createSslContext();
    }

    /** @param wrong receives each invalid field and its mistake */
    static void check(HttpOptions.Tls tls, BiConsumer<String, String> wrong) {
        List<X509Certificate> chain = tried("clientCertificate", tls.clientCertificate(), wrong);
        tried("ca", tls.ca(), wrong);
        Redacted pem = tls.clientKey();
        if (pem == null) {
            return;
        }
        PrivateKey key;
        try {
            key = key(pem);
        } catch (RuntimeException e) {
            // the parser's message is left out because it may quote the key
            wrong.accept("clientKey", "must be an unencrypted private key in PEM (-----BEGIN PRIVATE KEY-----)");
            return;
        }
        if (chain != null && !fits(chain.get(0).getPublicKey(), key)) {
            wrong.accept("clientKey", "is not the key of the (first) clientCertificate");
        }
    }

    private static @Nullable List<X509Certificate> tried(
            String field, @Nullable String pem, BiConsumer<String, String> wrong) {
        try {
            return pem == null ? null : certificates(pem);
        } catch (RuntimeException e) {
            wrong.accept(field, "must be one or more certificates in PEM (-----BEGIN CERTIFICATE-----)");
            return null;
        }
    }

    private static List<X509Certificate> certificates(String pem) {
        List<X509Certificate> certificates = PemContent.of(pem).getCertificates();
        if (certificates == null || certificates.isEmpty()) {
            throw new IllegalArgumentException("No certificate");
        }
        return certificates;
    }

    private static PrivateKey key(Redacted pem) {
        PrivateKey key = PemContent.of(pem.reveal()).getPrivateKey();
        if (key == null) {
            throw new IllegalArgumentException("No private key");
        }
        return key;
    }

    private static boolean fits(PublicKey certified, PrivateKey key) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        try {
            byte[] challenge = new byte[32];
            new SecureRandom().nextBytes(challenge);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(challenge);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(challenge);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
