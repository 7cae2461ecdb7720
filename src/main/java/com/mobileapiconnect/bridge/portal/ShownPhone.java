package com.mobileapiconnect.bridge.portal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A paired phone as the API shows it. */
record ShownPhone(
        String id,
        String name,
        @Nullable String number,
        Map<String, String> sims,
        @Nullable String adapter,
        boolean signed,
        boolean outbox,
        boolean manage,
        @Nullable String zone,
        @Nullable String region,
        @Nullable String silentAfter,
        @Nullable String lastSeen,
        @Nullable String silentSince,
        @Nullable Heartbeat heartbeat,
        long version,
        String createdAt,
        @Nullable String token,
        @Nullable Pairing pairing) {

    record Heartbeat(
            String at,
            @Nullable Integer battery,
            @Nullable Boolean charging,
            @Nullable Integer signal,
            @Nullable Integer pending) {}

    /** @param qr the link as a picture, SVG */
    record Pairing(String url, String link, String expiresAt, String qr) {

        /** Returns whether no other device can open the link: nobody has said where the bridge is. */
        boolean isLocal() {
            return link.matches("https?://(localhost|127\\.0\\.0\\.1|\\[::1])[:/].*");
        }

        /** Returns the picture as a browser takes it without a request. */
        String picture() {
            return "data:image/svg+xml;base64,"
                    + java.util.Base64.getEncoder()
                            .encodeToString(qr.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    Fate fate() {
        return switch (state()) {
            case "well" -> Fate.DELIVERED;
            case "silent" -> Fate.FAILED;
            default -> Fate.WAITING;
        };
    }

    /** Returns its state: new, silent or well. */
    String state() {
        if (lastSeen == null) {
            return "new";
        }
        return silentSince == null ? "well" : "silent";
    }
}
