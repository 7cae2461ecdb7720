package com.mobileapiconnect.bridge.portal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * A file of a page, read once and held in memory, plain and packed.
 *
 * @param etag the hash of its content
 */
record Asset(String type, byte[] plain, byte[] packed, String etag) {

    private static final int HASH_CHARS = 22;

    /** @param resource below the class path */
    static Asset read(String type, String resource) {
        try (InputStream in = Asset.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks " + resource);
            }
            byte[] plain = in.readAllBytes();
            return new Asset(type, plain, pack(plain), hash(plain));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static byte[] pack(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static String hash(byte[] plain) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(plain);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, HASH_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
