package com.mobileapiconnect.bridge.support;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority for one test run, and what it issues: X.509 v3 over P-256, written as DER by hand. */
public final class Certificates {

    private static final byte[] ECDSA_WITH_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
    private static final char[] PASSWORD = "test".toCharArray();

    private final Issued authority;

    public record Issued(PrivateKey key, X509Certificate certificate) {

        public String certificatePem() throws GeneralSecurityException {
            return pem("CERTIFICATE", certificate.getEncoded());
        }

        public String keyPem() {
            return pem("PRIVATE KEY", key.getEncoded());
        }
    }

    public Certificates() {
        this.authority = issue("Test CA", null, Instant.now().plus(Duration.ofDays(1)), new byte[0]);
    }

    public Issued authority() {
        return authority;
    }

    /** For 127.0.0.1 and localhost. */
    public Issued server() {
        return server(Instant.now().plus(Duration.ofDays(1)), "localhost", "127.0.0.1");
    }

    /** @param names addresses or host names */
    public Issued server(Instant until, String... names) {
        return issue("Test server", authority, until, alternatives(names));
    }

    public Issued client(String name) {
        return issue(name, authority, Instant.now().plus(Duration.ofDays(1)), new byte[0]);
    }

    /** A server's, which trusts this authority for clients. */
    public SSLContext context(Issued server) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("server", server.key(), PASSWORD, new X509Certificate[] {server.certificate()});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", authority.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Issued issue(String name, Issued issuer, Instant until, byte[] alternatives) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] subject = name(name);
            byte[] extensions = join(
                    issuer == null
                            ? sequence(
                                    oid(0x55, 0x1d, 0x13), der(1, (byte) 0xff), der(4, sequence(der(1, (byte) 0xff))))
                            : new byte[0],
                    alternatives);
            byte[] toSign = sequence(
                    der(0xa0, der(2, (byte) 2)),
                    der(
                            2,
                            new BigInteger(63, new SecureRandom())
                                    .add(BigInteger.ONE)
                                    .toByteArray()),
                    ECDSA_WITH_SHA256,
                    issuer == null
                            ? subject
                            : issuer.certificate().getSubjectX500Principal().getEncoded(),
                    sequence(time(Instant.now().minus(Duration.ofDays(10))), time(until)),
                    subject,
                    pair.getPublic().getEncoded(),
                    extensions.length == 0 ? new byte[0] : der(0xa3, sequence(extensions)));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(issuer == null ? pair.getPrivate() : issuer.key());
            signature.update(toSign);
            byte[] certificate = sequence(toSign, ECDSA_WITH_SHA256, der(3, join(new byte[1], signature.sign())));
            return new Issued(pair.getPrivate(), (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] alternatives(String... names) {
        byte[] all = new byte[0];
        for (String name : names) {
            all = join(all, name.matches("[0-9.]+") ? der(0x87, address(name)) : der(0x82, ascii(name)));
        }
        return sequence(oid(0x55, 0x1d, 0x11), der(4, sequence(all)));
    }

    private static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] name(String common) {
        return sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, ascii(common)))));
    }

    private static byte[] time(Instant at) {
        return der(
                0x17,
                ascii(DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
                        .withZone(ZoneOffset.UTC)
                        .format(at)));
    }

    private static byte[] oid(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return der(6, content);
    }

    private static byte[] sequence(byte[]... parts) {
        return der(0x30, join(parts));
    }

    private static byte[] der(int tag, byte... content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int from = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - from));
            out.write(length, from, length.length - from);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
    }
}
