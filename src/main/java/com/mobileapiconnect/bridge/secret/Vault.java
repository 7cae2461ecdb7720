package com.mobileapiconnect.bridge.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets at rest with AES-256-GCM. A box is bound to the place that it is kept in, so that a copied row does
 * not hand one tenant's secret to another.
 */
public final class Vault {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    private Vault(SecretKey key) {
        this.key = key;
    }

    /** @param masterKey at least 16 characters of any kind; the encryption key is derived from it */
    public static Vault of(String masterKey) {
        if (masterKey.length() < 16) {
            throw new IllegalArgumentException(
                    "The master key must have at least 16 characters; best are 32 random bytes in"
                            + " base64: openssl rand -base64 32");
        }
        byte[] derived = Hmac.keyed("erp-bridge/vault/1".getBytes(StandardCharsets.UTF_8))
                .doFinal(masterKey.getBytes(StandardCharsets.UTF_8));
        return new Vault(new SecretKeySpec(derived, "AES"));
    }

    /** @param place where the box is kept, such as {@code target/con_…/secret}; needed again to open it */
    public byte[] seal(String secret, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, place);
            byte[] sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed for " + place, e);
        }
    }

    /** Opens a box; throws {@link WrongMasterKeyException} if it was sealed with another key or for another place. */
    public String open(byte[] box, String place) {
        if (box.length <= 1 + NONCE_BYTES || box[0] != VERSION) {
            throw new WrongMasterKeyException("Not a sealed secret: " + place, null);
        }
        byte[] nonce = Arrays.copyOfRange(box, 1, 1 + NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, place);
            byte[] open = cipher.doFinal(box, 1 + NONCE_BYTES, box.length - 1 - NONCE_BYTES);
            return new String(open, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new WrongMasterKeyException("The master key does not open " + place, e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "Vault[…]";
    }
}
