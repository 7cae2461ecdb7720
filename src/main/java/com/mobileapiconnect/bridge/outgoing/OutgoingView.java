package com.mobileapiconnect.bridge.outgoing;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An outgoing SMS as shown by the API. */
record OutgoingView(
        String id,
        String deviceId,
        @Nullable String deliveryId,
        String to,
        String text,
        @Nullable String ref,
        @Nullable Integer sim,
        @Nullable Instant sendAt,
        Map<String, String> metadata,
        @Nullable String statusUrl,
        String status,
        @Nullable String error,
        Instant createdAt,
        Instant updatedAt,
        Instant expiresAt) {

    static OutgoingView of(Outgoing sms) {
        return new OutgoingView(
                sms.id(),
                sms.deviceId(),
                sms.deliveryId(),
                sms.to(),
                sms.text(),
                sms.ref(),
                sms.sim(),
                sms.sendAt(),
                sms.metadata(),
                sms.statusUrl(),
                sms.status().wireName(),
                sms.error(),
                sms.createdAt(),
                sms.updatedAt(),
                sms.expiresAt());
    }
}
