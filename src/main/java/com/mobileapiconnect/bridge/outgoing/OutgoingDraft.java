package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An SMS that is about to be queued.
 *
 * @param region where the device is that sends it; null if unknown
 */
record OutgoingDraft(
        String id,
        String tenantId,
        String deviceId,
        Origin origin,
        String to,
        String text,
        @Nullable String ref,
        @Nullable Integer sim,
        Terms terms,
        @Nullable String region) {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** The origin of an SMS. */
    sealed interface Origin {

        /** An action of a rule; repeats for the same delivery and grant are a single SMS. */
        record Reply(String deliveryId, int grantedFrom) implements Origin {}

        /** A customer asked for HELP: once for each message. */
        record Help() implements Origin {}

        /** @param idempotencyKey null if every request is another SMS */
        record Tenant(@Nullable String idempotencyKey, String requestHash) implements Origin {

            // A caller's key has no space, so a key of many is never that of one, and lies between the two bounds.

            /** Returns the origin of the SMS to the recipient of this number in the list. */
            Tenant ofMany(int n) {
                return idempotencyKey == null ? this : new Tenant(beforeMany(idempotencyKey) + n, requestHash);
            }

            static String beforeMany(String key) {
                return key + ' ';
            }

            static String afterMany(String key) {
                return key + '!';
            }
        }
    }

    /** A function of the delivery, so that a crash's repeat is recognised; a replay by a person is another SMS. */
    static String idOf(Delivery delivery) {
        String rest = Ids.rest(delivery.id());
        int grant = delivery.grantedFrom();
        return Outgoing.PREFIX + rest + (grant == 0 ? "" : "-" + grant);
    }

    Customer customer() {
        return new Customer(tenantId, to, region);
    }

    static String hash(@Nullable Object... parts) {
        MessageDigest digest = Sha256.digest();
        for (Object part : parts) {
            String text = String.valueOf(part);
            digest.update((part == null ? "-" : text.length() + ":" + text).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
